//! What the published page is made of, for programs: a bill of materials in CycloneDX 1.6, without times and serial numbers, so that the same
//! source gives the same file.

use serde_json::{Value, json};

use crate::shipped::{Package, ROOT};
use crate::spdx::plain;

/// As JSON.
pub fn sbom(packages: &[Package]) -> String {
    let component = |package: &Package| {
        let mut component = json!({
            "type": if package.name == ROOT { "application" } else { "library" },
            "bom-ref": reference(package),
            "name": package.name,
            "version": package.version,
            "licenses": [{ "expression": plain(&package.licence) }],
        });
        if let Some(checksum) = &package.checksum {
            component["purl"] = json!(reference(package));
            component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
        }
        if let Some(repository) = &package.repository {
            component["externalReferences"] = json!([{ "type": "vcs", "url": repository }]);
        }
        component
    };
    let root = packages.iter().find(|package| package.name == ROOT);
    let mut components: Vec<Value> = packages.iter().filter(|package| package.name != ROOT).map(component).collect();
    components.push(json!({
        "type": "data", "bom-ref": "inter@4.1", "name": "Inter, the typeface", "version": "4.1", "licenses": [{ "expression": "OFL-1.1" }],
    }));
    let known = |key: &String| packages.iter().find(|package| package.key() == *key).map(reference);
    let dependency = |package: &Package| {
        let uses: Vec<String> = package.uses.iter().filter_map(known).collect();
        json!({ "ref": reference(package), "dependsOn": uses })
    };
    let all = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": root.map(component) },
        "components": components,
        "dependencies": packages.iter().map(dependency).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&all).expect("a list is JSON") + "\n"
}

/// The name of a package that no other one has: where it was published, that of package URLs.
fn reference(package: &Package) -> String {
    match package.checksum {
        Some(_) => format!("pkg:cargo/{}@{}", package.name, package.version),
        None => format!("{}@{}", package.name, package.version),
    }
}
