//! Leaves out of the scripts in the page what only those who write them read: comments in lines of their own, and indents.
//!
//! They stand before anything that can be seen, so each visitor waits for them. None of ours has a text of several lines, in which a line might
//! only look like a comment.

use crate::html;

/// The page with its inline scripts slim. The start script is Trunk's, and stays.
pub fn slimmed(page: &str) -> String {
    let elements = html::elements(page);
    let inline = elements.iter().filter(|e| e.name == "script" && e.is_inline_code() && e.get("type").is_none());
    let parts: Vec<_> =
        inline.map(|script| (script.place.clone(), format!("<script>{}</script>", slim(script.body)))).collect();
    html::replace(page, &parts)
}

fn slim(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let told = |line: &&str| !line.is_empty() && !line.starts_with("//") && !line.starts_with("/**");
    lines.filter(told).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run;

    #[test]
    fn a_slim_script_does_the_same() {
        let page = "<script>// Why\n\n(function () {\n  /** What. */\n  a('//b'); // c\n})();\n</script><script type=\"module\">\n// d\n</script>";
        let slim = "<script>(function () {\na('//b'); // c\n})();</script><script type=\"module\">\n// d\n</script>";
        assert_eq!(slimmed(page), slim);
    }

    /// What is taken for a comment is one in each of ours: no text goes over lines, and no comment begins in one line and ends in another.
    #[test]
    fn our_scripts_can_be_slimmed() {
        for name in ["first.js", "boot.js", "rescue.js"] {
            let text = std::fs::read_to_string(run::root().join("static").join(name)).expect("a script");
            assert!(!slim(&text).contains('`'), "{name}");
            for line in text.lines() {
                assert_eq!(line.matches("/*").count(), line.matches("*/").count(), "{name}: {line}");
                assert!(!line.trim().starts_with("/**") || line.trim().ends_with("*/"), "{name}: {line}");
            }
        }
    }
}
