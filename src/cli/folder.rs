//! A kata's folder on the disk: for `kata author`, and for the commands that take `--kata`.

use std::fs;
use std::path::Path;

use super::args::KataArgs;
use super::output::Stop;
use super::text::decode;
use crate::kata::{Folder, KataFault, builtin};
use crate::vocabulary;

/// The longest file that is read.
const MAX_BYTES: u64 = 1 << 20;
/// The most files of a folder.
const MAX_FILES: usize = 400;

/// The kata in a folder, or what is wrong with it.
///
/// # Errors
/// If the folder can't be read at all.
pub fn read(folder: &str) -> Result<Result<Folder, Vec<KataFault>>, Stop> {
    let files = texts(folder)?;
    let texts: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Ok(Folder::read_telling(&texts, vocabulary::load))
}

/// The files of the kata in a folder: their paths below it, and their texts.
///
/// # Errors
/// If the folder can't be read at all.
pub fn texts(folder: &str) -> Result<Vec<(String, String)>, Stop> {
    let mut files = Vec::new();
    gather(Path::new(folder), "", &mut files)
        .map_err(|error| Stop::Unusable(format!("{folder}: can't be read: {error}")))?;
    Ok(files)
}

/// From now on the command is about the kata that was asked for.
///
/// # Errors
/// If that kata can't be used: every fault, a line each.
pub fn load(args: &KataArgs) -> Result<(), Stop> {
    let Some(folder) = &args.kata else { return Ok(()) };
    let faulty = |faults: Vec<KataFault>| {
        let lines: Vec<_> = faults.iter().map(|fault| format!("{folder}: {fault}")).collect();
        Stop::Unusable(lines.join("\n"))
    };
    builtin::load(read(folder)?.map_err(faulty)?);
    Ok(())
}

/// Every JSON file below `folder`, by its path within the kata.
fn gather(folder: &Path, within: &str, files: &mut Vec<(String, String)>) -> std::io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() && within.is_empty() {
            gather(&path, &format!("{name}/"), files)?;
        } else if name.ends_with(".json") && path.is_file() {
            let unusable = |what: &str| std::io::Error::other(format!("{within}{name}: {what}"));
            if fs::metadata(&path)?.len() > MAX_BYTES {
                return Err(unusable("the file is larger than 1 MiB"));
            }
            if files.len() == MAX_FILES {
                return Err(unusable("a kata has at most 400 files"));
            }
            let text = decode(fs::read(&path)?).map_err(|why| unusable(&why))?;
            files.push((format!("{within}{name}"), text));
        }
    }
    Ok(())
}
