//! How a page is looked at: window, scale, theme, language.

/// One way to look.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Width of the window, in its own pixels at 100 %.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Percent; 200 makes everything twice as large in the same window.
    pub zoom: u32,
    /// `light`, `dark` or `contrast`.
    pub theme: &'static str,
    /// `zh-CN` or `en`.
    pub language: &'static str,
}

/// How states are reached, and what the keyboard is tried in.
pub const BASE: Sight = Sight { width: 1366, height: 768, zoom: 100, theme: "light", language: "zh-CN" };

const SIZES: [(u32, u32); 3] = [(1280, 800), (1366, 768), (1920, 1080)];
const THEMES: [&str; 3] = ["light", "dark", "contrast"];
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

impl Sight {
    /// Width and height in the units of the page, and how many pixels each is.
    pub const fn metrics(self) -> (u32, u32, u32) {
        (self.width * 100 / self.zoom, self.height * 100 / self.zoom, self.zoom / 100)
    }

    /// Its part of a file name.
    pub fn name(self) -> String {
        let zoom = if self.zoom == 100 { String::new() } else { format!("-{}pc", self.zoom) };
        format!("{}{zoom}-{}-{}", self.width, self.theme, &self.language[..2])
    }

    /// Colours and names of controls do not depend on the size: asked about once for each theme and language.
    pub const fn is_for_axe(self) -> bool {
        self.width == BASE.width && self.zoom == BASE.zoom
    }
}

/// The ways in which every state is looked at, those of one language together.
pub struct Sights(pub Vec<Sight>);

impl Sights {
    /// Every size, theme and language, and twice as large.
    pub fn all() -> Self {
        let mut sights = Vec::new();
        for language in LANGUAGES {
            for theme in THEMES {
                sights.extend(SIZES.map(|(width, height)| Sight { width, height, zoom: 100, theme, language }));
            }
            sights.push(Sight { zoom: 200, language, ..BASE });
        }
        Self(sights)
    }

    /// For a first look: light in Chinese, twice as large in high contrast, dark in English.
    pub fn few() -> Self {
        Self(vec![
            BASE,
            Sight { zoom: 200, theme: "contrast", ..BASE },
            Sight { theme: "dark", language: "en", ..BASE },
        ])
    }
}
