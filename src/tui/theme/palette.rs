//! The colours, and how few of them a terminal can show.
//!
//! Contrast with the background (WCAG 2.2 §1.4.3) is at least 4.5 for text in `DARK` and `LIGHT`, and at least 3 on
//! black and on white in `EITHER`; a test computes it.

use ratatui::style::Color;

use crate::settings::Settings;

/// How many colours there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// 24 bits.
    True,
    /// The 256 of xterm.
    Indexed,
    /// The 16 that have names.
    Named,
}

impl Depth {
    /// `COLORTERM` promises 24 bits; `TERM` names the 256.
    pub fn from_settings(settings: &Settings) -> Self {
        let term = settings.var("TERM").unwrap_or_default();
        match settings.var("COLORTERM") {
            Some("truecolor" | "24bit") => Self::True,
            _ if term.ends_with("-direct") => Self::True,
            _ if term.contains("256") || term.contains("kitty") || term.contains("alacritty") => {
                Self::Indexed
            }
            _ => Self::Named,
        }
    }
}

/// One colour at full depth, and the named one nearest in meaning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tint {
    rgb: u32,
    named: Color,
}

const fn tint(rgb: u32, named: Color) -> Tint {
    Tint { rgb, named }
}

impl Tint {
    pub(super) fn at(self, depth: Depth) -> Color {
        match depth {
            Depth::True => Color::from_u32(self.rgb),
            Depth::Indexed => Color::Indexed(nearest(self.rgb)),
            Depth::Named => self.named,
        }
    }
}

/// The nearest of xterm's 6×6×6 cube and its 24 greys.
fn nearest(rgb: u32) -> u8 {
    let [_, r, g, b] = rgb.to_be_bytes().map(i32::from);
    let level = |n: i32| if n == 0 { 0 } else { 55 + 40 * n };
    let cube = (0..216).map(|n| (16 + n, [level(n / 36), level(n / 6 % 6), level(n % 6)]));
    let greys = (0..24).map(|n| (232 + n, [8 + 10 * n; 3]));
    let distance = |[x, y, z]: [i32; 3]| (x - r).pow(2) + (y - g).pow(2) + (z - b).pow(2);
    let best = cube.chain(greys).min_by_key(|(_, colour)| distance(*colour));
    best.and_then(|(index, _)| u8::try_from(index).ok()).unwrap_or(7)
}

/// Colours by meaning.
#[derive(Debug)]
pub(super) struct Palette {
    pub text: Tint,
    pub canvas: Tint,
    pub dim: Tint,
    pub border: Tint,
    pub accent: Tint,
    pub good: Tint,
    pub warn: Tint,
    pub bad: Tint,
    /// Text on a pill.
    pub ground: Tint,
    /// Behind the row under the cursor.
    pub selected: Option<Tint>,
}

pub(super) const DARK: Palette = Palette {
    text: tint(0xd8_de_e9, Color::Gray),
    canvas: tint(0x12_14_1c, Color::Black),
    dim: tint(0x8b_93_a7, Color::DarkGray),
    border: tint(0x3d_44_58, Color::DarkGray),
    accent: tint(0x9a_a5_ff, Color::LightBlue),
    good: tint(0x6f_d6_a1, Color::Green),
    warn: tint(0xe9_bf_6b, Color::Yellow),
    bad: tint(0xff_8a_80, Color::LightRed),
    ground: tint(0x12_14_1c, Color::Black),
    selected: Some(tint(0x25_29_3c, Color::Black)),
};

pub(super) const LIGHT: Palette = Palette {
    text: tint(0x24_29_33, Color::Black),
    canvas: tint(0xfb_fb_fd, Color::White),
    dim: tint(0x5d_66_78, Color::DarkGray),
    border: tint(0xc4_ca_d6, Color::Gray),
    accent: tint(0x46_4f_c9, Color::Blue),
    good: tint(0x1b_7a_4b, Color::Green),
    warn: tint(0x8a_5a_00, Color::Magenta),
    bad: tint(0xc0_2b_2b, Color::Red),
    ground: tint(0xff_ff_ff, Color::White),
    selected: Some(tint(0xe6_e8_fa, Color::White)),
};

pub(super) const EITHER: Palette = Palette {
    text: tint(0xd8_de_e9, Color::Gray),
    canvas: tint(0x12_14_1c, Color::Black),
    dim: tint(0x80_88_99, Color::DarkGray),
    border: tint(0x6c_74_86, Color::DarkGray),
    accent: tint(0x76_80_f2, Color::LightBlue),
    good: tint(0x2c_9e_6a, Color::Green),
    warn: tint(0xb5_80_1f, Color::Yellow),
    bad: tint(0xe0_58_50, Color::LightRed),
    ground: tint(0xff_ff_ff, Color::White),
    selected: None,
};

/// At least 7 on black, as WCAG 2.2 §1.4.6 wants it.
pub(super) const CONTRAST: Palette = Palette {
    text: tint(0xff_ff_ff, Color::White),
    canvas: tint(0, Color::Black),
    dim: tint(0xd0_d0_d0, Color::White),
    border: tint(0xff_ff_ff, Color::White),
    accent: tint(0xff_ff_00, Color::LightYellow),
    good: tint(0x00_ff_7f, Color::LightGreen),
    warn: tint(0xff_c8_40, Color::LightYellow),
    bad: tint(0xff_9a_9a, Color::LightRed),
    ground: tint(0, Color::Black),
    selected: None,
};

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, "relative luminance" and "contrast ratio".
    fn contrast(one: u32, two: u32) -> f64 {
        let light = |rgb: u32| {
            let part = |c: u8| {
                let c = f64::from(c) / 255.0;
                if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
            };
            let [_, r, g, b] = rgb.to_be_bytes();
            0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
        };
        let (a, b) = (light(one), light(two));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn texts(palette: &Palette) -> [Tint; 5] {
        [palette.dim, palette.accent, palette.good, palette.warn, palette.bad]
    }

    #[test]
    fn text_can_be_read_on_its_background() {
        for palette in [&DARK, &LIGHT] {
            for tint in texts(palette) {
                assert!(contrast(tint.rgb, palette.canvas.rgb) >= 4.5, "{:06x}", tint.rgb);
            }
        }
        for tint in texts(&CONTRAST).into_iter().chain([CONTRAST.text]) {
            assert!(contrast(tint.rgb, 0) >= 7.0, "{:06x}", tint.rgb);
        }
        for tint in texts(&EITHER) {
            assert!(
                contrast(tint.rgb, 0) >= 3.0 && contrast(tint.rgb, 0x00ff_ffff) >= 3.0,
                "{:06x}",
                tint.rgb
            );
        }
    }

    #[test]
    fn the_nearest_of_256_is_near() {
        assert_eq!(nearest(0x00ff_0000), 196);
        assert_eq!(nearest(0x0008_0808), 232);
        assert_eq!(nearest(0x00ff_ffff), 231);
    }
}
