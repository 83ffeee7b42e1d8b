//! Bundles (介质包): what is carried between computers in a file. What goes into one and what becomes of one that came in are here; its
//! form is `jiangsai_ledger::bundle`, and taking records in is the same as over the network.

mod envelope;
mod examine;
mod export;
mod import;
mod standings;
mod vouched;

pub use examine::{Examined, examine};
pub use jiangsai_ledger::bundle::LONGEST;
pub use standings::{Decided, EventResults, Verdict};
pub use vouched::{Headquarters, Issuer, NotHeadquarters, Vouched};

pub(crate) use envelope::public_key;

use crate::App;
use crate::blocking::blocking;
use crate::failure::Failure;
use crate::whole::{write, write_to};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::bundle::{BundleMade, BundleTaken, BundleWhat};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_locales::Lang;
use std::path::{Path, PathBuf};

/// Ending of the file names of bundles.
const ENDING: &str = "jsbundle";

impl App {
    /// Makes a bundle and puts it into `exports`.
    pub(crate) async fn bundle_to_exports(&self, id: &CompetitionId, what: BundleWhat) -> Result<BundleMade, Failure> {
        let made = self.make_bundle(id, what).await?;
        let (folder, moment) = (self.exports(), self.moment_in_names());
        let name = format!("jiangsai-{} {moment}", what.word());
        self.written(made, move |bytes| write(&folder, &name, ENDING, bytes)).await
    }

    async fn written(
        &self,
        made: export::Made,
        write: impl FnOnce(&[u8]) -> std::io::Result<PathBuf> + Send + 'static,
    ) -> Result<BundleMade, Failure> {
        let export::Made { bytes, logs, records, withheld, receipts, more } = made;
        let size = bytes.len() as u64;
        let path = blocking(move || write(&bytes)).await??;
        Ok(BundleMade { path: path.display().to_string(), bytes: size, logs, records, withheld, receipts, more })
    }

    /// For a terminal: makes a bundle and writes it whole or not at all, over nothing that is there.
    ///
    /// # Errors
    /// As for the command `bundle.export`; `file-exists`.
    pub async fn write_bundle(&self, competition: &str, what: BundleWhat, to: &Path) -> Result<BundleMade, WireError> {
        let make = async {
            let made = self.make_bundle(&CompetitionId::new(competition), what).await?;
            let to = to.to_owned();
            self.written(made, move |bytes| write_to(&to, bytes).map(|()| to)).await
        };
        make.await.map_err(|failure: Failure| failure.wire("bundle.export", Lang::Zh))
    }

    /// For a terminal: takes a bundle in.
    ///
    /// # Errors
    /// As for the command `bundle.import`.
    pub async fn read_bundle(&self, from: &Path) -> Result<BundleTaken, WireError> {
        let take = async { self.take_bundle(read(from).await?).await };
        take.await.map_err(|failure: Failure| failure.wire("bundle.import", Lang::Zh))
    }
}

/// A file that is not longer than any bundle.
///
/// # Errors
/// `bundle-too-large`; what the disk says.
pub(crate) async fn read(from: &Path) -> Result<Vec<u8>, Failure> {
    if tokio::fs::metadata(from).await?.len() > LONGEST {
        return Err(Refusal::new("bundle-too-large").into());
    }
    Ok(tokio::fs::read(from).await?)
}
