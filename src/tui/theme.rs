//! Styles named by what they mean.
//!
//! The rule: colour never carries meaning alone; a word or a sign stands beside it, and the `plain` theme (chosen by
//! `NO_COLOR`) has no colour at all. Six palettes: for a dark terminal, for a light one, one whose colours
//! stand out on both until the terminal has told its background, high contrast on a black ground of its own, the terminal's own
//! sixteen colours, and none. All others keep the terminal's own background.

mod palette;
mod signs;
mod touch;

use ratatui::style::{Color, Modifier, Style};

use crate::settings::Settings;
pub use palette::Depth;
use palette::Palette;
pub use signs::in_ascii;
pub use touch::Touch;

/// How everything looks. Fields are styles by meaning.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Beneath everything; empty but for high contrast.
    pub base: Style,
    pub text: Style,
    /// What may be overlooked.
    pub dim: Style,
    /// What must not.
    pub strong: Style,
    /// The product's own colour: focus, keys, the current step.
    pub accent: Style,
    pub good: Style,
    pub warn: Style,
    pub bad: Style,
    pub border: Style,
    pub focus: Style,
    /// The row under the cursor.
    pub selected: Style,
    /// The cell under the cursor, over its own style.
    pub cell: Style,
    /// A word on a coloured ground: the current step, the demo's sign.
    pub pill: Style,
    /// The same as a warning.
    pub alarm: Style,
    /// The same where a slip would reach customers.
    pub danger: Style,
    /// Whether something may move while we wait.
    pub motion: bool,
    /// The QR code is drawn only where its colours are sure.
    pub colours: bool,
    /// Text and background of the terminal this is made for; pictures use it.
    pub canvas: (Color, Color),
    /// Signs and lines are drawn in ASCII alone.
    pub ascii: bool,
    /// Nobody has said whether the terminal is dark or light; with so many colours it can be answered.
    pub open: Option<Depth>,
    pub touch: Touch,
}

impl Theme {
    /// The theme the environment asks for.
    ///
    /// `DEVSECRETS_THEME` is `dark`, `light`, `contrast`, `terminal` (its own 16 colours), `either`, or `plain` (also
    /// `none`); else `NO_COLOR` means plain, `COLORFGBG` tells dark from light (`15;0`: the background comes last), and
    /// without it the colours work on both until the terminal answers. `DEVSECRETS_MOTION=off` stops what moves. ASCII
    /// alone is drawn with `DEVSECRETS_ASCII`, and in a locale that names another charset than UTF-8.
    pub fn from_settings(settings: &Settings) -> Self {
        let depth = Depth::from_settings(settings);
        let theme = match settings.var("DEVSECRETS_THEME") {
            Some("dark") => Self::dark(depth),
            Some("light") => Self::light(depth),
            Some("contrast" | "high-contrast") => Self::contrast(depth),
            Some("terminal" | "16") => Self::terminal(),
            Some("plain" | "none") => Self::plain(),
            Some("either") => Self::either(depth),
            _ if settings.var("NO_COLOR").is_some() => Self::plain(),
            _ => Self::guessed(settings.var("COLORFGBG"), depth),
        };
        let motion = settings.var("DEVSECRETS_MOTION") != Some("off");
        let ascii = signs::wanted(settings);
        // Terminals that print what they do not know.
        let answers = !matches!(settings.var("TERM"), None | Some("linux" | "dumb"));
        // A QR code is drawn with signs that ASCII lacks.
        Self {
            motion,
            ascii,
            colours: theme.colours && !ascii,
            open: theme.open.filter(|_| answers),
            ..theme
        }
    }

    fn guessed(colorfgbg: Option<&str>, depth: Depth) -> Self {
        let background = colorfgbg.and_then(|text| text.rsplit(';').next()?.parse::<u8>().ok());
        match background {
            Some(7 | 9..=15) => Self::light(depth),
            Some(_) => Self::dark(depth),
            None => Self { open: Some(depth), ..Self::either(depth) },
        }
    }

    /// Once the terminal has told its background.
    #[must_use]
    pub fn on(self, light: bool) -> Self {
        let Some(depth) = self.open else { return self };
        let told = if light { Self::light(depth) } else { Self::dark(depth) };
        Self { motion: self.motion, ascii: self.ascii, colours: self.colours, ..told }
    }

    pub fn dark(depth: Depth) -> Self {
        Self::of(&palette::DARK, depth)
    }

    pub fn light(depth: Depth) -> Self {
        Self::of(&palette::LIGHT, depth)
    }

    pub fn either(depth: Depth) -> Self {
        Self::of(&palette::EITHER, depth)
    }

    /// White on black, whatever the terminal's own colours are.
    pub fn contrast(depth: Depth) -> Self {
        let theme = Self::of(&palette::CONTRAST, depth);
        let (text, ground) = (palette::CONTRAST.text.at(depth), palette::CONTRAST.canvas.at(depth));
        let base = Style::new().fg(text).bg(ground);
        let selected = Style::new().fg(ground).bg(text).add_modifier(Modifier::BOLD);
        Self { base, selected, ..theme }
    }

    /// The colours the person gave the terminal, by their sixteen names.
    pub fn terminal() -> Self {
        let theme = Self::of(&palette::EITHER, Depth::Named);
        let with = |modifier| Style::new().add_modifier(modifier);
        // Which of the sixteen can be read on another is known to the person alone; the other way round always can.
        let pill = |style: Style| style.add_modifier(Modifier::REVERSED | Modifier::BOLD);
        Self {
            dim: with(Modifier::DIM),
            border: with(Modifier::DIM),
            selected: with(Modifier::REVERSED),
            pill: pill(theme.accent),
            alarm: pill(theme.warn),
            colours: false,
            ..theme
        }
    }

    fn of(palette: &Palette, depth: Depth) -> Self {
        let fg = |tint: palette::Tint| Style::new().fg(tint.at(depth));
        let ground = palette.ground.at(depth);
        let selected = match palette.selected {
            Some(tint) if depth != Depth::Named => Style::new().bg(tint.at(depth)),
            _ => Style::new().add_modifier(Modifier::BOLD),
        };
        Self {
            base: Style::new(),
            text: Style::new(),
            dim: fg(palette.dim),
            strong: Style::new().add_modifier(Modifier::BOLD),
            accent: fg(palette.accent),
            good: fg(palette.good),
            warn: fg(palette.warn),
            bad: fg(palette.bad),
            border: fg(palette.border),
            focus: fg(palette.accent),
            selected,
            cell: Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
            pill: Style::new().fg(ground).bg(palette.accent.at(depth)).add_modifier(Modifier::BOLD),
            alarm: Style::new().fg(ground).bg(palette.warn.at(depth)).add_modifier(Modifier::BOLD),
            danger: Style::new().fg(ground).bg(palette.bad.at(depth)).add_modifier(Modifier::BOLD),
            motion: true,
            colours: true,
            canvas: (palette.text.at(Depth::True), palette.canvas.at(Depth::True)),
            ascii: false,
            open: None,
            touch: Touch::default(),
        }
    }

    /// Only bold, dim, underline and reverse.
    pub fn plain() -> Self {
        let with = |modifier| Style::new().add_modifier(modifier);
        Self {
            base: Style::new(),
            text: Style::new(),
            dim: with(Modifier::DIM),
            strong: with(Modifier::BOLD),
            accent: with(Modifier::BOLD),
            good: Style::new(),
            warn: with(Modifier::BOLD),
            bad: with(Modifier::BOLD | Modifier::UNDERLINED),
            border: with(Modifier::DIM),
            focus: Style::new(),
            selected: with(Modifier::REVERSED),
            cell: with(Modifier::BOLD | Modifier::UNDERLINED),
            pill: with(Modifier::REVERSED | Modifier::BOLD),
            alarm: with(Modifier::REVERSED | Modifier::BOLD),
            danger: with(Modifier::REVERSED | Modifier::BOLD),
            motion: true,
            colours: false,
            canvas: (palette::DARK.text.at(Depth::True), palette::DARK.canvas.at(Depth::True)),
            ascii: false,
            open: None,
            touch: Touch::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn theme(variables: &[(&str, &str)]) -> Theme {
        let bare = Settings::bare("/", Path::new("/h")).with("COLORTERM", "truecolor");
        Theme::from_settings(&variables.iter().fold(bare, |all, (name, value)| all.with(name, *value)))
    }

    fn accent(theme: &Theme) -> Option<Color> {
        theme.accent.fg
    }

    #[test]
    fn the_setting_goes_before_no_color_and_no_color_before_the_guess() {
        let light = accent(&Theme::light(Depth::True));
        assert_eq!(accent(&theme(&[("DEVSECRETS_THEME", "light"), ("NO_COLOR", "1")])), light);
        assert_eq!(accent(&theme(&[("NO_COLOR", "1"), ("COLORFGBG", "0;15")])), None);
        assert_eq!(accent(&theme(&[("COLORFGBG", "0;default;15")])), light);
        assert_eq!(accent(&theme(&[("COLORFGBG", "15;0")])), accent(&Theme::dark(Depth::True)));
        assert_eq!(accent(&theme(&[("COLORFGBG", "odd")])), accent(&Theme::either(Depth::True)));
    }

    #[test]
    fn themes_have_names() {
        assert_eq!(theme(&[("DEVSECRETS_THEME", "contrast")]).base.bg, Some(Color::from_u32(0)));
        assert_eq!(accent(&theme(&[("DEVSECRETS_THEME", "terminal")])), Some(Color::LightBlue));
        assert_eq!(accent(&theme(&[("DEVSECRETS_THEME", "none")])), None);
    }

    #[test]
    fn only_an_open_question_is_answered() {
        let asked = theme(&[("TERM", "xterm-256color")]);
        assert_eq!(accent(&asked.on(true)), accent(&Theme::light(Depth::True)));
        let chosen = theme(&[("TERM", "xterm-256color"), ("DEVSECRETS_THEME", "dark")]);
        assert_eq!(accent(&chosen.on(true)), accent(&Theme::dark(Depth::True)));
        assert!(theme(&[("TERM", "linux")]).open.is_none() && theme(&[("COLORFGBG", "15;0")]).open.is_none());
    }

    #[test]
    fn plain_has_no_colour_anywhere() {
        let plain = Theme::plain();
        let styles = [plain.dim, plain.accent, plain.good, plain.warn, plain.bad, plain.selected, plain.pill];
        assert!(styles.iter().all(|style| style.fg.is_none() && style.bg.is_none()));
    }

    #[test]
    fn motion_can_be_turned_off() {
        assert!(theme(&[]).motion);
        assert!(!theme(&[("DEVSECRETS_MOTION", "off")]).motion);
    }
}
