//! Files in and out of the page.

use crate::backend::ours;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::files::{File, Upload};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Largest file that is read, in bytes; the application refuses more.
const LARGEST: f64 = 10.0 * 1024.0 * 1024.0;

/// How long a file that was handed out stays readable.
const KEPT: Duration = Duration::from_secs(60);

/// Hands a file to the browser's downloads.
pub fn download(file: &File) {
    let Ok(bytes) = STANDARD.decode(&file.base64) else { return };
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes.as_slice()));
    let options = BlobPropertyBag::new();
    options.set_type(&file.mime);
    let made = Blob::new_with_u8_array_sequence_and_options(&parts, &options);
    let address = made.and_then(|blob| Url::create_object_url_with_blob(&blob));
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let (Ok(address), Some(link)) = (address, link) else { return };
    link.set_href(&address);
    link.set_download(&file.name);
    link.click();
    // Some browsers read it only after the click; what stays for good would fill memory.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        KEPT,
    );
}

/// Reads the file that was chosen in a field; `None` where none was. The same file, corrected, can be chosen again.
pub fn read_chosen(event: &leptos::ev::Event) -> Option<impl Future<Output = Result<Upload, WireError>> + use<>> {
    let input = event.target()?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    let file = input.files()?.get(0)?;
    Some(async move {
        let read = read_upload(file).await;
        input.set_value("");
        read
    })
}

/// Reads a file that a person chose.
///
/// # Errors
/// `file-too-large`, or `file-unreadable` when the browser cannot read it.
pub async fn read_upload(file: web_sys::File) -> Result<Upload, WireError> {
    if file.size() > LARGEST {
        return Err(ours("file-too-large", ""));
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| ours("file-unreadable", ""))?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    Ok(Upload { name: file.name(), base64: STANDARD.encode(bytes) })
}
