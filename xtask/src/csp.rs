//! The content security policy of each form of the page, and of the link builder, as a `<meta>` at the top of its head.
//!
//! Nothing is allowed that isn't listed here. Inline code runs by its hash alone: there is no `unsafe-inline`, for scripts
//! or for styles (so a `style="…"` attribute is dropped by the browser: use classes, SVG attributes or CSSOM), and no
//! `unsafe-eval`; `wasm-unsafe-eval` is what compiling wasm needs. The workers that repeat a run are blobs, in every
//! form alike, because a blob is the one address that the single file has too.
//!
//! No text becomes HTML or a script's address: `require-trusted-types-for` makes every such sink throw, but for what is made by the policies that
//! `trusted-types` lists: one for the page's own scripts (`src/ui/trusted.rs`), one for the service worker (`static/offline.js`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::Outcome;
use crate::html::{self, Element};

/// The two forms of the page.
#[derive(Clone, Copy, PartialEq)]
pub enum Form {
    /// Several files, fetched from where the page itself came from.
    Hosted,
    /// One file which asks nobody for anything.
    Single,
    /// The link builder: one file too, with the page beside it in a frame, and no wasm of its own.
    Builder,
}

/// The page with its policy put in, right after the character set.
pub fn with_policy(page: &str, form: Form) -> Outcome<String> {
    let elements = html::elements(page);
    let charset = elements
        .iter()
        .find(|element| element.name == "meta" && element.get("charset").is_some())
        .ok_or("index.html has no <meta charset=\"utf-8\"> to put the policy after")?;
    let tag = format!("\n  <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", policy(&elements, form));
    let end = charset.place.end;
    Ok(html::replace(page, &[(end..end, tag)]))
}

fn policy(elements: &[Element], form: Form) -> String {
    let own = match form {
        Form::Hosted => " 'self'",
        Form::Single | Form::Builder => "",
    };
    let sources = |name: &str, own: &str| {
        let mut sources = own.to_owned();
        for element in elements.iter().filter(|element| element.name == name && element.is_inline_code()) {
            sources.push_str(&format!(" '{}'", hash(element.body)));
        }
        if sources.is_empty() { " 'none'".to_owned() } else { sources }
    };
    // The hosted page has a service worker and a manifest beside it.
    let (connect, worker) = match form {
        Form::Hosted => ("'self'", "'self' blob:; manifest-src 'self'"),
        Form::Single | Form::Builder => ("'none'", "blob:"),
    };
    let trusted = match form {
        Form::Hosted => "waiting-room waiting-room-offline",
        Form::Single => "waiting-room",
        Form::Builder => "'none'",
    };
    let (wasm, frames) = match form {
        // A file is no origin, so it does not count as the page's own.
        Form::Builder => ("", "; frame-src 'self' file:"),
        _ => (" 'wasm-unsafe-eval'", ""),
    };
    let policy = [
        "default-src 'none'".to_owned(),
        format!("script-src{}{wasm}", sources("script", own)),
        format!("style-src{}", sources("style", own)),
        format!("img-src{own} data: blob:"),
        format!("font-src{own} data:"),
        format!("connect-src {connect}"),
        format!("worker-src {worker}"),
        "object-src 'none'".to_owned(),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
        "require-trusted-types-for 'script'".to_owned(),
        format!("trusted-types {trusted}"),
    ]
    .join("; ");
    policy + frames
}

/// A script's or style's hash, as a policy names it.
pub fn hash(body: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "<html><head><meta charset=\"utf-8\"></head><body><script>alert('Hello, world.');</script></body></html>";

    /// The hash is the example of the policy's own specification.
    #[test]
    fn inline_code_is_allowed_by_its_hash() {
        let page = with_policy(PAGE, Form::Single).expect("the page has a character set");
        assert!(page.contains("script-src 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=' 'wasm-unsafe-eval'"));
        assert!(page.contains("style-src 'none'") && page.contains("connect-src 'none'"));
        assert!(!page.contains("'self'"));
    }

    #[test]
    fn no_form_allows_inline_or_evaluated_code() {
        for form in [Form::Hosted, Form::Single, Form::Builder] {
            let page = with_policy(PAGE, form).expect("the page has a character set");
            assert!(!page.contains("unsafe-inline") && !page.contains("'unsafe-eval'"));
        }
    }
}
