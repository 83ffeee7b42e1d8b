//! Pictures that an organiser brings along: the background of a certificate, a seal.

use crate::DocumentError;
use serde::Serialize;
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage};

/// Largest picture that is taken, in bytes.
pub const LARGEST_ARTWORK: usize = 10 * 1024 * 1024;

/// A picture, known to be readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Artwork {
    #[serde(skip)]
    bytes: Bytes,
    /// `png` or `jpg`.
    format: &'static str,
    /// Tells pictures apart without their bytes.
    id: String,
}

impl Artwork {
    /// A PNG or JPEG.
    ///
    /// # Errors
    /// [`DocumentError::Artwork`] when it is neither, is cut short, or is larger than [`LARGEST_ARTWORK`].
    pub fn read(bytes: &[u8]) -> Result<Self, DocumentError> {
        let (format, kind) = match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => ("png", ExchangeFormat::Png),
            [0xff, 0xd8, 0xff, ..] => ("jpg", ExchangeFormat::Jpg),
            _ => return Err(DocumentError::Artwork),
        };
        if bytes.len() > LARGEST_ARTWORK {
            return Err(DocumentError::Artwork);
        }
        let whole = Bytes::new(bytes.to_vec());
        RasterImage::plain(whole.clone(), kind).map_err(|_| DocumentError::Artwork)?;
        Ok(Self { id: format!("{:032x}", typst::utils::hash128(&whole)), bytes: whole, format })
    }

    /// Its bytes, as they came.
    pub(crate) const fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The usual ending of such a file.
    #[must_use]
    pub const fn ending(&self) -> &'static str {
        self.format
    }
}
