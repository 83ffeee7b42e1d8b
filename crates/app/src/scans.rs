//! Scans and photos as they come from a scanner or a telephone, made into the picture that is kept: an upright JPEG of a page's size, with
//! nothing beside the picture. Where it was taken, when and with what goes away with everything else the camera wrote.

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageResult, Limits, Rgba, RgbaImage, imageops};
use jiangsai_domain::command::scans::LARGEST_SCAN;
use jiangsai_domain::envelope::Refusal;
use std::io::Cursor;

/// Longest side of what is kept: a page of A4 at 200 dots an inch, at which pencil can be read.
const LONGEST_SIDE: u32 = 2_340;
/// Most pixels that are unpacked: a few kilobytes can claim to be more than fits into memory.
const MOST_PIXELS: u64 = 50_000_000;
/// Most memory that unpacking takes, in bytes.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;
/// Longest side in a list.
const SMALL_SIDE: u32 = 240;
/// Quality of what is kept: handwriting without rings around it, half a megabyte a page.
const QUALITY: u8 = 80;

/// The picture that is kept of a file.
///
/// # Errors
/// `scan-large`, `scan-pdf`, `scan-not-picture`, `scan-pixels`, `scan-damaged`.
pub(crate) fn keep(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    if bytes.len() > LARGEST_SCAN {
        return Err(Refusal::new("scan-large"));
    }
    let picture = match bytes {
        [0xff, 0xd8, 0xff, ..] if ends(bytes) => {
            unpack(JpegDecoder::new(Cursor::new(bytes)).map_err(|error| refused(&error))?)?
        }
        [0xff, 0xd8, 0xff, ..] => return Err(Refusal::new("scan-damaged")),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => {
            unpack(PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(|error| refused(&error))?)?
        }
        [b'%', b'P', b'D', b'F', ..] => return Err(Refusal::new("scan-pdf")),
        _ => return Err(Refusal::new("scan-not-picture")),
    };
    let kept = jpeg(&on_white(fitted(picture, LONGEST_SIDE))).map_err(|error| refused(&error))?;
    if kept.len() > LARGEST_SCAN { Err(Refusal::new("scan-large")) } else { Ok(kept) }
}

/// A picture that was kept, small enough for a list; `None` where it cannot be read.
pub(crate) fn small(kept: &[u8]) -> Option<Vec<u8>> {
    let picture = DynamicImage::from_decoder(JpegDecoder::new(Cursor::new(kept)).ok()?).ok()?;
    jpeg(&fitted(picture, SMALL_SIDE)).ok()
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// The pixels, the right way up.
fn unpack(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Refusal> {
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Refusal::new("scan-pixels"));
    }
    decoder.set_limits(limits()).map_err(|error| refused(&error))?;
    // What says which way up may be nonsense; the picture is none the worse.
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    picture.apply_orientation(turned);
    Ok(picture)
}

fn fitted(picture: DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        return picture;
    }
    picture.resize(side, side, imageops::FilterType::CatmullRom)
}

/// What can be seen through lies on white paper.
fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture;
    }
    let mut paper = RgbaImage::from_pixel(picture.width(), picture.height(), Rgba([255; 4]));
    imageops::overlay(&mut paper, &picture.to_rgba8(), 0, 0);
    paper.into()
}

fn jpeg(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&picture.to_rgb8())?;
    Ok(bytes)
}

fn refused(error: &ImageError) -> Refusal {
    Refusal::new(if matches!(error, ImageError::Limits(_)) { "scan-pixels" } else { "scan-damaged" })
}

/// Does a JPEG have its end? Its decoder paints what is missing grey and says nothing.
fn ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let [0xff, marker, rest @ ..] = bytes.get(at..).unwrap_or_default() {
        at += match (marker, rest) {
            (0xd9, _) => return true,
            // Filling, and what has no length.
            (0xff, _) => 1,
            (0x01 | 0xd0..=0xd8, _) => 2,
            (_, [high, low, ..]) => 2 + usize::from(u16::from_be_bytes([*high, *low])),
            _ => return false,
        };
        if *marker == 0xda {
            // Behind its head: packed pixels up to the next marker that is not part of them.
            let packed = bytes.get(at..).unwrap_or_default();
            let next = packed.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff));
            match next {
                Some(next) => at += next,
                None => return false,
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use image::RgbImage;

    /// A page with a black left half.
    fn page(width: u32, height: u32) -> DynamicImage {
        RgbImage::from_fn(width, height, |x, _| image::Rgb(if x * 2 < width { [0; 3] } else { [255; 3] })).into()
    }

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    /// As a telephone writes it: lying on its side, with a place, a maker and a small picture of its own in between.
    fn photo(picture: &DynamicImage) -> Vec<u8> {
        let tiff: &[u8] = &[
            b'M', b'M', 0, 42, 0, 0, 0, 8, // big-endian, the first directory at 8
            0, 2, // two entries
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, // orientation: turn clockwise
            0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, // the place at 38
            0, 0, 0, 0, // no other directory
            0, 1, 0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0, 0, 0, 0, 0, // GPS: north
        ];
        let small = jpeg(&page(8, 8)).unwrap();
        let exif: Vec<u8> = [&b"Exif\0\0"[..], tiff, b"SYNTHETIC-CAMERA", &small].concat();
        let plain = jpeg(picture).unwrap();
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
    }

    fn has(bytes: &[u8], text: &[u8]) -> bool {
        bytes.windows(text.len()).any(|part| part == text)
    }

    fn read(kept: &[u8]) -> DynamicImage {
        image::load_from_memory_with_format(kept, image::ImageFormat::Jpeg).unwrap()
    }

    #[test]
    fn nothing_but_the_picture_is_kept_and_it_stands_upright() {
        let photo = photo(&page(600, 400));
        assert!(has(&photo, b"Exif") && has(&photo, b"SYNTHETIC-CAMERA"), "the photo says where and with what");
        let kept = keep(&photo).unwrap();
        for told in [&b"Exif"[..], b"SYNTHETIC-CAMERA", b"MM\0*"] {
            assert!(!has(&kept, told));
        }
        assert_eq!(
            kept.windows(2).filter(|pair| matches!(pair, [0xff, 0xe1..=0xef])).count(),
            0,
            "no application's data"
        );
        let upright = read(&kept).to_luma8();
        assert_eq!(upright.dimensions(), (400, 600), "turned as the camera said");
        assert!(
            upright.get_pixel(200, 20).0[0] < 40 && upright.get_pixel(200, 580).0[0] > 215,
            "the left half is on top"
        );
        assert_eq!(keep(&photo).unwrap(), kept, "the same photo is the same picture");
    }

    #[test]
    fn a_large_page_is_kept_at_the_size_that_can_be_read() {
        let kept = read(&keep(&png(&page(2_480, 3_508))).unwrap());
        assert_eq!((kept.width(), kept.height()), (1_654, LONGEST_SIDE));
        let shown = read(&small(&keep(&png(&page(600, 400))).unwrap()).unwrap());
        assert_eq!((shown.width(), shown.height()), (SMALL_SIDE, 160));
        assert!(small(b"no picture").is_none());
    }

    #[test]
    fn what_can_be_seen_through_lies_on_white() {
        let clear: DynamicImage = RgbaImage::from_pixel(20, 20, Rgba([0, 0, 0, 0])).into();
        assert!(read(&keep(&png(&clear)).unwrap()).to_luma8().get_pixel(10, 10).0[0] > 250);
    }

    #[test]
    fn what_is_no_picture_or_not_whole_is_refused_by_name() {
        let code = |bytes: &[u8]| keep(bytes).unwrap_err().code;
        assert_eq!(code(b""), "scan-not-picture");
        assert_eq!(code(b"GIF89a"), "scan-not-picture");
        assert_eq!(code(b"%PDF-1.7"), "scan-pdf");
        assert_eq!(code(&vec![0; LARGEST_SCAN + 1]), "scan-large");
        let (photo, page) = (photo(&page(600, 400)), png(&page(600, 400)));
        for share in [2, 10, 50, 90, 99] {
            assert_eq!(code(&photo[..photo.len() * share / 100]), "scan-damaged", "{share} % of a JPEG");
            assert_eq!(code(&page[..page.len() * share / 100 + 8]), "scan-damaged", "{share} % of a PNG");
        }
        let mut broken = page;
        let middle = broken.len() / 2;
        broken[middle] ^= 0x55;
        assert_eq!(code(&broken), "scan-damaged");
    }

    #[test]
    fn a_picture_that_would_not_fit_into_memory_is_refused_before_it_is_unpacked() {
        // The head of a PNG of 30,000 by 30,000 and nothing else is needed to know.
        let mut head = png(&page(8, 8));
        head[16..24].copy_from_slice(&[30_000_u32.to_be_bytes(), 30_000_u32.to_be_bytes()].concat());
        let sum = crc(&head[12..29]);
        head[29..33].copy_from_slice(&sum.to_be_bytes());
        let refused = keep(&head).unwrap_err();
        assert_eq!(refused.code, "scan-pixels");
        let mut photo = jpeg(&page(8, 8)).unwrap();
        let frame = photo.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
        photo[frame + 5..frame + 9].copy_from_slice(&[30_000_u16.to_be_bytes(), 30_000_u16.to_be_bytes()].concat());
        assert_eq!(keep(&photo).unwrap_err().code, "scan-pixels");
    }

    /// The check sum of a chunk of a PNG.
    fn crc(bytes: &[u8]) -> u32 {
        let step = |sum: u32, byte: &u8| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
        };
        !bytes.iter().fold(!0, step)
    }
}
