//! `kata pack`: a kata's folder put into the page in one file, so that whoever writes one needs no tools but this command.
//!
//! The page is a file that was published, whole. Its kata, its list of katas, its title and what is seen first become the other kata's; all of
//! them are data or plain HTML, so the page's policy, which names its scripts by their hashes, holds as before. What the command line says of a
//! folder as `kata author` is said first, and a kata with faults is not packed.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

use super::args::PackArgs;
use super::output::{self, Stop};
use super::{author, folder};
use crate::json;
use crate::share::one_file::{self, KATA, LIST};

mod picture;

/// The page's name where it is published.
const PAGE: &str = "waiting-room.html";
/// The file of the block that is the same in every kata.
const TEACHING: &str = crate::kata::folder::TEACHING;

pub fn pack(args: &PackArgs) -> Result<ExitCode, Stop> {
    let (name, page) = page(args.page.as_deref())?;
    let Some(kata) = author::examined(&args.folder)? else { return Ok(ExitCode::FAILURE) };
    if !args.draft && !author::plays(&kata, args.seeds)? {
        output::complain("Nothing is packed. With --draft the kata is packed as it is.");
        return Ok(ExitCode::FAILURE);
    }
    let output = args.output.clone().unwrap_or_else(|| format!("{}.html", kata.id));
    refuse(&output, &name, &args.folder)?;
    let packed = packed(&page, folder::texts(&args.folder)?)
        .map_err(|why| Stop::Unusable(format!("{}: {why}", name.display())))?;
    fs::write(&output, packed).map_err(|error| output::failed(&output, &error))?;
    output::line(&format!("{output}: “{}” in one file, which opens anywhere.", kata.brief.title))?;
    Ok(ExitCode::SUCCESS)
}

/// The page in one file, and where it was found.
fn page(named: Option<&str>) -> Result<(PathBuf, String), Stop> {
    let unreadable = |path: &Path, why: &str| Stop::Unusable(format!("{}: can't be read: {why}", path.display()));
    let beside = env::current_exe().ok().and_then(|program| Some(program.parent()?.join(PAGE)));
    let usual = [Some(PathBuf::from(PAGE)), Some(Path::new("dist").join(PAGE)), beside];
    let places: Vec<PathBuf> = named.map_or_else(|| usual.into_iter().flatten().collect(), |name| vec![name.into()]);
    for path in places {
        match fs::read_to_string(&path) {
            Ok(page) => return Ok((path, page)),
            Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => {}
            Err(error) => return Err(unreadable(&path, &error.to_string())),
        }
    }
    Err(Stop::Unusable(format!(
        "{PAGE} is neither here, nor in dist/, nor beside kata. It is the page in one file: fetch it from where the page is published, \
         ADDRESS/{PAGE}, or make it with \"cargo xtask build\"; \"--page FILE\" names it."
    )))
}

/// Refuses an output that is read.
fn refuse(output: &str, page: &Path, folder: &str) -> Result<(), Stop> {
    let Ok(target) = fs::canonicalize(output) else { return Ok(()) };
    let is = |path: &Path| fs::canonicalize(path).is_ok_and(|path| path == target);
    let within = fs::canonicalize(folder).is_ok_and(|folder| target.starts_with(folder));
    if is(page) || within {
        return Err(Stop::Unusable(format!("{output}: this file is read; the output needs another name.")));
    }
    Ok(())
}

const NO_PAGE: &str = "this is not the page in one file, or one of another version than this command.";

/// The page with another kata, given as its files.
fn packed(page: &str, files: Vec<(String, String)>) -> Result<String, String> {
    let no_page = || NO_PAGE.to_owned();
    let own = one_file::read(page, KATA).ok_or_else(no_page)?;
    let frame = one_file::read(page, picture::FRAME).and_then(|frame| serde_json::from_str::<String>(frame).ok());
    let frame = frame.ok_or_else(no_page)?;
    let new = block(own, files).ok_or_else(no_page)?;
    let (old, new_files) = (read(own)?, read(&new)?);
    let of = |files: &Value| {
        let file = |name: &str| files.get(name).cloned().ok_or_else(|| format!("{name} is missing"));
        let picture = picture::of(&file)?;
        let list = Value::from(vec![picture::entry(&file)?]).to_string();
        let title = format!("<title>{}</title>", picture.title);
        Ok::<_, String>((picture::filled(&frame, &picture.parts), title, list))
    };
    let ((old_picture, old_title, _), (new_picture, new_title, list)) = (of(&old)?, of(&new_files)?);
    if page.matches(&old_picture).count() != 1 || page.matches(&old_title).count() != 1 {
        return Err(no_page());
    }
    let mut page = page.replacen(&old_picture, &new_picture, 1).replacen(&old_title, &new_title, 1);
    let katas: Value =
        one_file::read(&page, LIST).and_then(|list| serde_json::from_str(list).ok()).ok_or_else(no_page)?;
    for other in katas.as_array().into_iter().flatten().skip(1).filter_map(|kata| kata["id"].as_str()) {
        page = one_file::without(&page, &format!("{KATA}-{other}"));
    }
    one_file::with(&page, LIST, &list).and_then(|page| one_file::with(&page, KATA, &new)).ok_or_else(no_page)
}

/// The files of a kata as one object, with the page's own lines of teaching.
fn block(own: &str, files: Vec<(String, String)>) -> Option<String> {
    let teaching = json::read(own).ok()?.get(TEACHING)?.clone();
    let files = files.into_iter().filter(|(name, _)| name != TEACHING);
    let mut all = files.map(|(name, text)| Some((name, json::read(text.trim_start_matches('\u{feff}')).ok()?)));
    let mut all = all.by_ref().collect::<Option<Vec<_>>>()?;
    all.push((TEACHING.to_owned(), teaching));
    Some(json::Value::Map(all).json())
}

fn read(block: &str) -> Result<Value, String> {
    serde_json::from_str(block).map_err(|error| format!("its kata is no JSON: {error}"))
}
