//! Colours: strong enough on their surface, and apart from each other for eyes of every kind, or else apart by weight, dash or shade.
#![allow(clippy::disallowed_methods, reason = "colours are compared with a tolerance")]

use waiting_room::chart::{CHARTS, Line, Role, Theme};

const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

/// Linear light of a colour's channels.
fn linear(role: Role, theme: Theme) -> [f64; 3] {
    let colour = role.colour(theme);
    [colour.0, colour.1, colour.2].map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

/// WCAG's relative luminance.
fn luminance([r, g, b]: [f64; 3]) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Role, b: Role, theme: Theme) -> f64 {
    let (a, b) = (luminance(linear(a, theme)) + 0.05, luminance(linear(b, theme)) + 0.05);
    a.max(b) / a.min(b)
}

type Matrix = [[f64; 3]; 3];

/// Full strength dichromacies in linear light, after Viénot, Brettel and Mollon 1999 (red, green) and Machado 2009 (blue).
const EYES: [(&str, Matrix); 4] = [
    ("full", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protan", [[0.112_38, 0.887_62, 0.0], [0.112_38, 0.887_62, 0.0], [0.004_01, -0.004_01, 1.0]]),
    ("deutan", [[0.292_75, 0.707_25, 0.0], [0.292_75, 0.707_25, 0.0], [-0.022_34, 0.022_34, 1.0]]),
    ("tritan", [[1.255_53, -0.076_75, -0.178_78], [-0.078_41, 0.930_81, 0.147_6], [0.004_73, 0.691_37, 0.303_9]]),
];

fn seen(m: &Matrix, c: [f64; 3]) -> [f64; 3] {
    m.map(|row| (row[0] * c[0] + row[1] * c[1] + row[2] * c[2]).clamp(0.0, 1.0))
}

/// Oklab: distances in it follow the eye; about 0.02 is just noticeable side by side.
fn oklab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let l = (0.412_221_47 * r + 0.536_332_54 * g + 0.051_445_99 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_55 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_84 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_79 * m - 0.004_072_05 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_71 * s,
        0.025_904_04 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// The style sheet as it is written, not as `build.rs` reads it: each role has the light and the dark colour of its variable.
#[test]
fn charts_have_the_colours_of_the_style_sheet() {
    let sheet = std::fs::read_to_string("static/tokens.css").unwrap();
    for role in [&Role::DRAWN[..], &[Role::Accent, Role::Line, Role::Surface]].concat() {
        let [light, dark] = THEMES.map(|theme| {
            let colour = role.colour(theme);
            format!("#{:02x}{:02x}{:02x}", colour.0, colour.1, colour.2)
        });
        let line = format!("{}: light-dark({light}, {dark});", role.variable());
        assert!(sheet.contains(&line), "tokens.css has no line `{line}`");
    }
}

#[test]
fn everything_drawn_stands_out_from_its_surface() {
    for theme in THEMES {
        for role in Role::DRAWN {
            let ratio = contrast(role, Role::Surface, theme);
            assert!(ratio >= 3.0, "{role:?} on {theme:?}: {ratio:.2}");
        }
        // Words.
        for role in [Role::Ink, Role::Muted, Role::Bad] {
            let ratio = contrast(role, Role::Surface, theme);
            assert!(ratio >= 4.5, "{role:?} on {theme:?}: {ratio:.2}");
        }
    }
}

/// Two lines of one chart that an eye may take for each other's colour differ in weight, dash or shade.
#[test]
fn no_two_lines_differ_by_colour_alone_for_any_eye() {
    let alike = |a: &Line, b: &Line| a.weight == b.weight && a.dash == b.dash && a.fill == b.fill;
    for chart in CHARTS {
        for (i, a) in chart.lines.iter().enumerate() {
            for b in chart.lines[i + 1..].iter().filter(|b| alike(a, b)) {
                for theme in THEMES {
                    for (eye, matrix) in &EYES {
                        let colours = [a, b].map(|l| oklab(seen(matrix, linear(l.role, theme))));
                        let apart = distance(colours[0], colours[1]);
                        assert!(apart >= 0.09, "{} and {} for {eye} eyes, {theme:?}: {apart:.3}", a.id, b.id);
                    }
                }
            }
        }
    }
}

/// The other run's line is pale: for every kind of eye its lightness differs from that of every full line of its chart, and from the ground.
#[test]
fn the_other_runs_lines_are_told_apart_by_every_eye() {
    // How strongly they are drawn: `PALE` in `live`.
    const PALE: f64 = 0.45;
    let over = |role, theme| {
        let colour = |role: Role| {
            let c = role.colour(theme);
            [c.0, c.1, c.2].map(f64::from)
        };
        let (line, ground) = (colour(role), colour(Role::Surface));
        let mixed = |i: usize| line[i] * PALE + ground[i] * (1.0 - PALE);
        [0, 1, 2].map(|i| {
            let c = mixed(i) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    };
    for chart in CHARTS {
        for pale in chart.lines.iter().filter(|l| l.compared) {
            for theme in THEMES {
                for (eye, matrix) in &EYES {
                    let own = oklab(seen(matrix, over(pale.role, theme)));
                    let ground = oklab(seen(matrix, linear(Role::Surface, theme)));
                    assert!(distance(own, ground) >= 0.12, "{} for {eye} eyes, {theme:?}: lost in the ground", pale.id);
                    // Dashed lines differ by their dashes.
                    for line in chart.lines.iter().filter(|l| l.dash == pale.dash) {
                        let apart = distance(own, oklab(seen(matrix, linear(line.role, theme))));
                        assert!(
                            apart >= 0.09,
                            "pale {} and {} for {eye} eyes, {theme:?}: {apart:.3}",
                            pale.id,
                            line.id
                        );
                    }
                }
            }
        }
    }
}
