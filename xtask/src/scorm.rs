//! The SCORM 1.2 package: a zip that course systems take as it is, with the page in one file and a manifest that says where it is.
//!
//! The manifest names one organization, one item and one resource, and refers to the schemas by name: their files are not ours to pass on.
//! It asks for no mastery score, so a course system takes the status that the page reports.
//!
//! Source: *SCORM Content Packaging* 1.2 (ADL, 2001).

use std::path::Path;

use crate::build::write;
use crate::{Outcome, kata, run, zip};

/// The package's name.
pub const PACKAGE: &str = "waiting-room-scorm12.zip";
/// The page within it.
const PAGE: &str = "index.html";
const MANIFEST: &str = "imsmanifest.xml";

/// Writes the package of a page that stands in one file.
pub fn package(page: &str, dist: &Path) -> Outcome {
    let (id, title) = kata::named(&run::kata())?;
    let manifest = manifest(&id, &title);
    write(&dist.join(PACKAGE), zip::of(&[(MANIFEST, manifest.as_bytes()), (PAGE, page.as_bytes())])?)
}

fn manifest(id: &str, title: &str) -> String {
    let title = escaped(title);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="kata-{id}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>{title}</title>
      <item identifier="kata" identifierref="page" isvisible="true">
        <title>{title}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="{PAGE}">
      <file href="{PAGE}"/>
    </resource>
  </resources>
</manifest>
"#
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_text() {
        assert!(manifest("a", "R & D <1>").contains("<title>R &amp; D &lt;1&gt;</title>"));
    }
}
