//! The words after `cargo xtask VERB`. Anything that isn't understood is refused and named.

use crate::Outcome;

/// How to serve the page.
#[derive(Debug, PartialEq)]
pub struct Serve {
    /// Optimise the page as for hosting.
    pub release: bool,
    /// The port to use; without one, the first free port from 8080 on.
    pub port: Option<u16>,
    /// The path under which the page stands, with a slash at both ends.
    pub base: String,
    /// Open a browser where there is one.
    pub open: bool,
    /// The kata of the page, by its folder's name under `static/katas/` or its path; without one, the waiting room.
    pub kata: Option<String>,
}

pub fn serve(words: &[String]) -> Outcome<Serve> {
    let mut serve = Serve { release: false, port: None, base: "/".to_owned(), open: true, kata: None };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (flag, inline) = match word.split_once('=') {
            Some((flag, value)) => (flag, Some(value.to_owned())),
            None => (word.as_str(), None),
        };
        let mut value = || inline.clone().or_else(|| words.next().cloned()).ok_or(format!("{flag} needs a value"));
        match flag {
            "--release" => serve.release = true,
            "--no-open" => serve.open = false,
            "--port" => {
                let text = value()?;
                let port = text.parse().map_err(|_| format!("`{text}` is not a port (0 to 65535)"))?;
                serve.port = Some(port);
            }
            "--base" => {
                let path = value()?;
                let inner = path.trim_matches('/');
                serve.base = if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") };
            }
            "--kata" => serve.kata = Some(value()?),
            other => return Err(format!("serve knows no `{other}`")),
        }
    }
    Ok(serve)
}

/// The kata that a build is to take, if one is named.
pub fn kata(words: &[String]) -> Outcome<Option<String>> {
    match words {
        [] => Ok(None),
        [flag, name] if flag == "--kata" => Ok(Some(name.clone())),
        [one] if one.starts_with("--kata=") => Ok(one.split_once('=').map(|(_, name)| name.to_owned())),
        [one, ..] => Err(format!("`{one}` is not understood; a build takes --kata FOLDER or nothing")),
    }
}

/// The names given, or all that are known when none is given.
pub fn names(words: &[String], known: &[&'static str]) -> Outcome<Vec<&'static str>> {
    if words.is_empty() {
        return Ok(known.to_vec());
    }
    words
        .iter()
        .map(|word| {
            known.iter().copied().find(|name| name == word).ok_or_else(|| {
                if known.is_empty() {
                    format!("`{word}` is one word too many")
                } else {
                    format!("`{word}` is none of {}", known.join(", "))
                }
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn flags_take_their_value_either_way() {
        let wanted = Serve { release: true, port: Some(9000), base: "/a/b/".to_owned(), open: false, kata: None };
        assert_eq!(serve(&words("--release --port 9000 --base a/b --no-open")), Ok(wanted));
        assert_eq!(serve(&words("--port=9000")).map(|serve| serve.port), Ok(Some(9000)));
        let named = Ok(Some("my-kata".to_owned()));
        assert_eq!(
            (serve(&words("--kata my-kata")).map(|serve| serve.kata), kata(&words("--kata=my-kata"))),
            (named.clone(), named)
        );
        assert_eq!(kata(&[]), Ok(None));
        assert!(kata(&words("--kata")).is_err() && kata(&words("my-kata")).is_err());
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(serve(&words("--port many")).is_err());
        assert!(serve(&words("--fast")).is_err());
        assert!(names(&words("wasm"), &["native", "browser"]).is_err());
        assert_eq!(names(&[], &["native", "browser"]), Ok(vec!["native", "browser"]));
    }
}
