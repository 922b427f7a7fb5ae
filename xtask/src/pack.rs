//! Packs what is published: beside each file of `dist/` the same as `.br` and as `.gz`, for hosts that send them as they lie there;
//! and prints how large all is.

use std::fs;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;

use crate::Outcome;
use crate::build::{LATE, files, write};
use crate::single::gzip;

/// Brotli's window, as a power of two: wider than the largest file.
const WINDOW: i32 = 22;

/// Writes both packed forms of every file.
pub fn all(dist: &Path) -> Outcome {
    for path in files(dist)?.into_iter().filter(|path| !is_packed(path)) {
        let bytes = fs::read(&path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
        for (end, packed) in [("br", brotli(&bytes)?), ("gz", gzip(&bytes, Compression::best())?)] {
            write(&beside(&path, end), packed)?;
        }
    }
    Ok(())
}

/// A zip is packed already, and nobody opens it as a page.
fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "zip")
}

fn beside(path: &Path, end: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    name.into()
}

fn brotli(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: WINDOW, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)
        .map_err(|error| format!("brotli failed: {error}"))?;
    Ok(packed)
}

/// What a first visit fetches before the page is up. All else comes later, or when it is asked for.
fn is_first(name: &str) -> bool {
    const FIRST: [&str; 4] = ["index.", "page-", "style-", "inter-"];
    let icon = name.strip_prefix("icon-").is_some_and(|hash| hash.starts_with(|digit: char| digit.is_ascii_hexdigit()));
    !name.ends_with(LATE) && (icon || FIRST.iter().any(|start| name.starts_with(start)))
}

/// Prints the size of every file, as it is and packed; at the end the sum of a first visit.
pub fn sizes(dist: &Path) -> Outcome {
    let size = |path: &Path| fs::metadata(path).map_or(0, |about| about.len());
    let mut rows = Vec::new();
    for path in files(dist)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".br") && !name.ends_with(".gz") {
            rows.push((name, [size(&path), size(&beside(&path, "gz")), size(&beside(&path, "br"))]));
        }
    }
    rows.sort();
    let line = |name: &str, [raw, gzip, brotli]: [u64; 3]| println!("{name:<36} {raw:>10} {gzip:>10} {brotli:>10}");
    println!("{:<36} {:>10} {:>10} {:>10}", "dist/", "bytes", "gzip", "brotli");
    for (name, sizes) in &rows {
        line(name, *sizes);
    }
    let hosted = rows.iter().filter(|(name, _)| is_first(name));
    line(
        "a first visit: page, script, styles, typeface, the first module",
        hosted.fold([0; 3], |sum, (_, sizes)| [0, 1, 2].map(|at| sum[at] + sizes[at])),
    );
    Ok(())
}
