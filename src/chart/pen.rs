//! The pen: draws in CSS pixels on a plotters area of device pixels.
//!
//! Hairlines and dots are filled rectangles on whole device pixels, so that they are sharp at every scale.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::path::Pixel;
use super::theme::{Role, Theme};

/// What drawing on backend `DB` gives.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// As a font stack without quotes: the same words serve canvas and SVG.
const FONT: &str = "Inter, system-ui, sans-serif";

pub struct Pen<'a, DB: DrawingBackend> {
    root: &'a DrawingArea<DB, Shift>,
    scale: f64,
    font: f64,
    theme: Theme,
}

/// Where a text stands relative to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    /// A pen on an area of `scale` device pixels a CSS pixel, writing in type of `font` CSS pixels.
    pub fn new(root: &'a DrawingArea<DB, Shift>, scale: f64, font: f64, theme: Theme) -> Pen<'a, DB> {
        Pen { root, scale, font, theme }
    }

    pub fn px(&self, css: f64) -> i32 {
        libm::floor(css * self.scale + 0.5) as i32
    }

    pub fn pixel(&self, x: f64, y: f64) -> Pixel {
        (self.px(x), self.px(y))
    }

    /// A length of at least one device pixel.
    fn length(&self, css: f64) -> i32 {
        self.px(css).max(1)
    }

    fn colour(&self, role: Role, alpha: f64) -> RGBAColor {
        role.colour(self.theme).mix(alpha)
    }

    pub fn rect(&self, (x0, y0): (f64, f64), (x1, y1): (f64, f64), role: Role, alpha: f64) -> Drawn<DB> {
        let corners = [self.pixel(x0, y0), self.pixel(x1, y1)];
        self.root.draw(&Rectangle::new(corners, self.colour(role, alpha).filled()))
    }

    /// A horizontal line `weight` thick.
    pub fn across(&self, x0: f64, x1: f64, y: f64, weight: f64, role: Role, alpha: f64) -> Drawn<DB> {
        let (y, weight) = (self.px(y), self.length(weight));
        let top = y - weight / 2;
        let corners = [(self.px(x0), top), (self.px(x1), top + weight)];
        self.root.draw(&Rectangle::new(corners, self.colour(role, alpha).filled()))
    }

    /// An upright line `weight` thick.
    pub fn upright(&self, x: f64, y0: f64, y1: f64, weight: f64, role: Role, alpha: f64) -> Drawn<DB> {
        let (x, weight) = (self.px(x), self.length(weight));
        let left = x - weight / 2;
        let corners = [(left, self.px(y0)), (left + weight, self.px(y1))];
        self.root.draw(&Rectangle::new(corners, self.colour(role, alpha).filled()))
    }

    /// A horizontal line of dots.
    pub fn dotted(&self, x0: f64, x1: f64, y: f64, role: Role) -> Drawn<DB> {
        let mut x = x0;
        while x < x1 {
            self.across(x, (x + 2.0).min(x1), y, 1.25, role, 1.0)?;
            x += 5.0;
        }
        Ok(())
    }

    /// Lines aslant over a rectangle.
    pub fn hatched(&self, (x0, y0): (f64, f64), (x1, y1): (f64, f64), role: Role, alpha: f64) -> Drawn<DB> {
        const APART: f64 = 7.0;
        let height = y1 - y0;
        let style = self.colour(role, alpha).stroke_width(self.length(1.0) as u32);
        let mut foot = x0 - height + APART;
        while foot < x1 {
            // From the foot at the left up to the right, as far as it is inside.
            let (left, right) = (foot.max(x0), (foot + height).min(x1));
            let ends = [self.pixel(left, y1 - (left - foot)), self.pixel(right, y1 - (right - foot))];
            self.root.draw(&PathElement::new(&ends[..], style))?;
            foot += APART;
        }
        Ok(())
    }

    /// A line of text on a ground of the surface's colour.
    pub fn backed(&self, text: &str, width: f64, (x, y): (f64, f64), anchor: Anchor, role: Role) -> Drawn<DB> {
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let half = self.font / 2.0 + 1.0;
        self.rect((left - 3.0, y - half), (left + width + 3.0, y + half), Role::Surface, 0.72)?;
        self.text(text, (x, y), anchor, role)
    }

    /// A small triangle that points up, its tip at a place.
    pub fn caret(&self, x: f64, y: f64, role: Role) -> Drawn<DB> {
        let corners = [self.pixel(x, y), self.pixel(x + 4.0, y + 5.0), self.pixel(x - 4.0, y + 5.0)];
        self.root.draw(&Polygon::new(&corners[..], self.colour(role, 1.0).filled()))
    }

    pub fn path(&self, points: &[Pixel], weight: f64, role: Role, alpha: f64) -> Drawn<DB> {
        let style = self.colour(role, alpha).stroke_width(self.length(weight) as u32);
        match *points {
            // A lone point would draw nothing.
            [(x, y)] => {
                let r = self.length(weight);
                self.root.draw(&Rectangle::new([(x - r, y - r / 2), (x + r, y - r / 2 + r)], style.filled()))
            }
            _ => self.root.draw(&PathElement::new(points, style)),
        }
    }

    pub fn area(&self, points: &[Pixel], role: Role, alpha: f64) -> Drawn<DB> {
        self.root.draw(&Polygon::new(points, self.colour(role, alpha).filled()))
    }

    /// A dot with a rim of the surface's colour.
    pub fn dot(&self, x: f64, y: f64, role: Role) -> Drawn<DB> {
        let place = self.pixel(x, y);
        self.root.draw(&Circle::new(place, self.length(4.0), self.colour(Role::Surface, 1.0).filled()))?;
        self.root.draw(&Circle::new(place, self.length(3.0), self.colour(role, 1.0).filled()))
    }

    /// A filled circle.
    pub fn disc(&self, x: f64, y: f64, radius: f64, role: Role) -> Drawn<DB> {
        self.root.draw(&Circle::new(self.pixel(x, y), self.length(radius), self.colour(role, 1.0).filled()))
    }

    /// A circle's line, `weight` thick.
    pub fn ring(&self, x: f64, y: f64, radius: f64, weight: f64, role: Role) -> Drawn<DB> {
        let style = self.colour(role, 1.0).stroke_width(self.length(weight) as u32);
        self.root.draw(&Circle::new(self.pixel(x, y), self.length(radius), style))
    }

    /// A line of text, its middle at height `y`.
    pub fn text(&self, text: &str, place: (f64, f64), anchor: Anchor, role: Role) -> Drawn<DB> {
        self.write(text, place, anchor, role, FontStyle::Normal)
    }

    /// The same, bold, from `x` on.
    pub fn bold(&self, text: &str, place: (f64, f64), role: Role) -> Drawn<DB> {
        self.write(text, place, Anchor::Start, role, FontStyle::Bold)
    }

    fn write(&self, text: &str, (x, y): (f64, f64), anchor: Anchor, role: Role, face: FontStyle) -> Drawn<DB> {
        let h = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let colour = self.colour(role, 1.0);
        // Not by the font's name alone: that goes through tables of all small letters there are.
        let style = TextStyle::from(FontDesc::new(FontFamily::Name(FONT), self.font * self.scale, face))
            .color(&colour)
            .pos(Pos::new(h, VPos::Center));
        self.root.draw_text(text, &style, self.pixel(x, y))
    }
}
