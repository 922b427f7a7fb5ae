//! The command `kata` in tests: started, fed, and what came of it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// How it ended, and what it wrote where.
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

pub fn spawn(args: &[&str], input: Option<&[u8]>) -> Child {
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    let mut command = Command::new(env!("CARGO_BIN_EXE_kata"));
    let mut child =
        command.args(args).stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("kata");
    if let Some(input) = input {
        // The command may end before it has read everything.
        let _ = child.stdin.take().expect("a pipe").write_all(input);
    }
    child
}

pub fn kata_with(args: &[&str], input: Option<&[u8]>) -> Done {
    let output = spawn(args, input).wait_with_output().expect("kata ends");
    Done {
        code: output.status.code().expect("an exit code, not a signal"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

pub fn kata(args: &[&str]) -> Done {
    kata_with(args, None)
}

/// A file of this test's own, in the build's directory for such things.
pub fn file(name: &str, text: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("a temporary file");
    path
}

pub fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}
