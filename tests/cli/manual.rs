//! The help, the manual pages and the completions: all from the parser's definitions.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::program::kata;

const COMMANDS: [&str; 9] = ["run", "check", "grade", "scenarios", "designs", "author", "pack", "man", "completions"];

/// The long options that a command's help lists.
fn options(command: &str) -> Vec<String> {
    let help = kata(&[command, "--help"]).out;
    let long = |line: &str| line.trim_start().split([' ', ',']).find(|word| word.starts_with("--")).map(str::to_owned);
    let listed = help.lines().filter(|line| line.trim_start().starts_with('-'));
    listed.filter_map(long).collect()
}

#[test]
fn every_command_has_help_with_examples_and_a_manual_page_with_its_options() {
    let page = kata(&["man"]).out;
    for command in COMMANDS {
        let help = kata(&[command, "--help"]);
        assert_eq!((help.code, help.err.as_str()), (0, ""));
        assert!(help.out.contains(&format!("Examples:\n  kata {command}")), "{}", help.out);
        assert!(page.contains(&format!("kata\\-{command}(1)")), "{command} is not in the page of kata");
        let own = kata(&["man", command]).out;
        assert!(own.starts_with(".ie") && own.contains(&format!(".TH kata-{command} 1")), "{own}");
        assert!(own.contains("Examples:"), "{own}");
        for option in options(command) {
            let written = option.replace('-', "\\-");
            assert!(own.contains(&written), "{command} {option} is not in its page");
        }
    }
    assert!(options("grade").len() > 10, "{:?}", options("grade"));
    let unknown = kata(&["man", "verify-all"]);
    assert!(unknown.code == 2 && unknown.err.contains("grade"), "{}", unknown.err);
}

#[test]
fn completions_know_every_command_and_option() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = kata(&["completions", shell]);
        assert_eq!((script.code, script.err.as_str()), (0, ""));
        for word in COMMANDS.iter().copied().chain(["pass-mark", "stop-early", "resume"]) {
            assert!(script.out.contains(word), "{shell} does not know {word}");
        }
    }
}

/// In bash itself: what is begun is completed.
#[cfg(unix)]
#[test]
fn bash_completes_what_is_begun() {
    let script = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("kata.bash");
    fs::write(&script, kata(&["completions", "bash"]).out).expect("written");
    let complete = |words: &str, at: usize| {
        let line = format!(
            "source {}; COMP_WORDS=({words}); COMP_CWORD={at}; w=(${{COMP_WORDS[@]}}); _kata kata \"${{w[{at}]}}\" \"${{w[{}]}}\"; echo ${{COMPREPLY[@]}}",
            script.display(),
            at - 1
        );
        let done = Command::new("bash").args(["-c", &line]).output().expect("bash");
        String::from_utf8(done.stdout).expect("UTF-8").trim().to_owned()
    };
    assert_eq!(complete("kata gra", 1), "grade");
    assert_eq!(complete("kata grade --st", 2), "--stop-early");
    assert_eq!(complete("kata grade --format cs", 3), "csv");
}
