//! The command `kata pack`: a kata's folder put into a page, whatever the page's scripts are; what it refuses, and where it looks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::author::copy;
use crate::program::{Done, kata};

/// A page as small as can be: what is seen first, with its places open in a block, a script, the list of katas, and a kata.
fn page() -> String {
    let files = |kata: &str, more: &str| {
        let file = |name: &str| fs::read_to_string(format!("static/katas/{kata}/{name}")).expect("a kata's file");
        format!(
            r#"{{"kata.json":{},"brief.json":{},"scenarios/monday.json":{}{more}}}"#,
            file("kata.json"),
            file("brief.json"),
            file("scenarios/monday.json")
        )
    };
    let block = |id: &str, json: &str| format!("<script type=\"application/json\" id=\"{id}\">{json}</script>\n");
    let frame =
        r#"<h1>{title}</h1><script>{ run(); }</script><p class="hook">{hook}</p><dl>{known}</dl><p>{starts}</p>"#;
    let brief: Value =
        serde_json::from_str(&fs::read_to_string("static/katas/waiting-room/brief.json").expect("a brief"))
            .expect("JSON");
    let known = ["2 → 40/s", "200 ms", "1–3 s", "90", "£10"].into_iter().zip([
        "bookings at eight",
        "to say “we have it”",
        "a call to the clinic",
        "calls at a time, not ours",
        "for the morning",
    ]);
    let known: String = known.map(|(figure, words)| format!("<dt>{figure}</dt><dd>{words}</dd>")).collect();
    let seen = frame
        .replace("{title}", "The waiting room")
        .replace("{hook}", brief["hook"].as_str().expect("a hook"))
        .replace("{known}", &known)
        .replace("{starts}", "07:30:00");
    format!(
        "<html><title>The waiting room</title><body>\n{}<div id=\"app\">{seen}</div>\n<script>1</script>\n{}{}{}</body></html>",
        block("waiting-room-katas", r#"[{"id":"waiting-room"},{"id":"other"}]"#),
        block("waiting-room-first", &Value::from(frame).to_string().replace('<', "\\u003c")),
        block("waiting-room-kata-other", "{}"),
        block("waiting-room-kata", &files("waiting-room", r#","teaching.json":{"lines":[1]}"#).replace('<', "\\u003c")),
    )
}

/// A folder of this test's own with a page and a kata in it.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    copy("static/katas/evening-rush".as_ref(), &folder.join("evening-rush"));
    fs::write(folder.join("waiting-room.html"), page()).expect("written");
    folder
}

/// The command, given in a folder.
fn there(folder: &Path, args: &[&str]) -> Done {
    let output = Command::new(env!("CARGO_BIN_EXE_kata")).args(args).current_dir(folder).output().expect("kata ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Done { code: output.status.code().expect("an exit code"), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn a_kata_takes_the_place_of_the_page_s_own() {
    let folder = folder("pack");
    // As Windows saves it.
    let manifest = folder.join("evening-rush/kata.json");
    let text = fs::read_to_string(&manifest).expect("copied");
    fs::write(&manifest, format!("\u{feff}{}", text.replace('\n', "\r\n"))).expect("written");
    let brief = folder.join("evening-rush/brief.json");
    let text = fs::read_to_string(&brief).expect("copied");
    fs::write(&brief, text.replacen("Build the order system", "Build {title} & </script> the system", 1))
        .expect("written");
    let done = there(&folder, &["pack", "evening-rush", "--draft"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{}", done.out);
    assert_eq!(done.out, "evening-rush.html: “The evening rush” in one file, which opens anywhere.\n");

    let packed = fs::read_to_string(folder.join("evening-rush.html")).expect("it is there");
    let scripts = |text: &str| text.matches("<script>").count();
    assert_eq!(scripts(&packed), scripts(&page()), "what runs is what ran");
    assert!(packed.contains("<title>The evening rush</title>") && packed.contains("<h1>The evening rush</h1>"));
    assert!(packed.contains("<p class=\"hook\">Build {title} &amp; &lt;/script&gt; the system"), "{packed}");
    assert!(packed.contains("<script>{ run(); }</script>") && !packed.contains("kata-other"));
    let block = |id: &str| -> Value {
        let (_, rest) = packed.split_once(&format!("id=\"{id}\">")).expect("the block");
        serde_json::from_str(rest.split_once("</script>").expect("its end").0).expect("JSON")
    };
    let own = block("waiting-room-kata");
    assert_eq!(own["kata.json"]["id"], "evening-rush");
    assert_eq!(own["teaching.json"]["lines"][0], 1, "the page's lines of teaching stay");
    assert!(own["brief.json"]["hook"].as_str().expect("a hook").contains("</script>"));
    assert_eq!(
        own.as_object().map(|files| files.len()),
        Some(18),
        "{:?}",
        own.as_object().map(|f| f.keys().collect::<Vec<_>>())
    );
    let list = block("waiting-room-katas");
    assert_eq!((list.as_array().map(Vec::len), list[0]["id"].as_str()), (Some(1), Some("evening-rush")));
}

#[test]
fn nothing_is_packed_over_what_is_read_or_with_faults_or_into_another_page() {
    let folder = folder("pack-refused");
    for target in ["waiting-room.html", "evening-rush/kata.json"] {
        let before = fs::read(folder.join(target)).expect("it is there");
        let done = there(&folder, &["pack", "evening-rush", "--draft", "-o", target]);
        assert_eq!((done.code, done.out.as_str()), (2, ""));
        assert!(
            done.err.contains(&format!("{target}: this file is read; the output needs another name.")),
            "{}",
            done.err
        );
        assert_eq!(fs::read(folder.join(target)).expect("it is there"), before);
    }

    fs::rename(folder.join("evening-rush"), folder.join("bad")).expect("renamed");
    let brief = folder.join("bad/brief.json");
    let text = fs::read_to_string(&brief).expect("copied");
    fs::write(&brief, text.replacen('£', "€", 1)).expect("written");
    let done = there(&folder, &["pack", "bad", "--draft"]);
    assert_eq!((done.code, done.err.as_str()), (1, ""));
    assert!(
        done.out.starts_with("kata.json: id: “evening-rush” is not allowed; allowed: the name of the folder, “bad”.\n"),
        "{}",
        done.out
    );
    assert!(
        done.out.contains("“€”: money is in pounds (£) throughout.") && done.out.ends_with("bad: 2 faults\n"),
        "{}",
        done.out
    );
    assert_eq!(there(&folder, &["author", "bad"]).out, done.out, "author says the same");
    assert!(!folder.join("evening-rush.html").exists());
    fs::write(&brief, text).expect("written");
    fs::rename(folder.join("bad"), folder.join("evening-rush")).expect("renamed");

    for (name, text) in
        [("no-page.html", "<html></html>".to_owned()), ("old.html", page().replace("<h1>", "<h1 class>"))]
    {
        fs::write(folder.join(name), text).expect("written");
        let done = there(&folder, &["pack", "evening-rush", "--draft", "--page", name]);
        let told = format!("{name}: this is not the page in one file, or one of another version than this command.\n");
        assert_eq!((done.code, done.out.as_str(), done.err), (2, "", told));
    }
    fs::remove_file(folder.join("waiting-room.html")).expect("removed");
    let done = there(&folder, &["pack", "evening-rush", "--page", "waiting-room.html"]);
    assert!(done.code == 2 && done.err.starts_with("waiting-room.html: can't be read: "), "{}", done.err);
    let done = there(&folder, &["pack", "evening-rush"]);
    assert!(
        done.code == 2 && done.err.starts_with("waiting-room.html is neither here, nor in dist/, nor beside kata."),
        "{}",
        done.err
    );
    fs::create_dir(folder.join("dist")).expect("a folder");
    fs::write(folder.join("dist/waiting-room.html"), page()).expect("written");
    assert_eq!(there(&folder, &["pack", "evening-rush", "--draft"]).code, 0);
    assert_eq!(kata(&["pack", "no-such-folder", "--page", "README.md"]).code, 2);
}
