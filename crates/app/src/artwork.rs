//! Pictures for certificates, kept on this computer beside the records of a competition. They are no facts: another computer prints with
//! its own, unless it was restored from a backup of this one.

use crate::App;
use crate::failure::Failure;
use jiangsai_documents::{Artwork, DocumentError};
use jiangsai_domain::command::certificates::Picture;
use jiangsai_domain::ids::CompetitionId;

/// Every picture there can be.
const PICTURES: [Picture; 2] = [Picture::Background, Picture::Seal];

/// What a picture is kept as.
const fn name(picture: Picture) -> &'static str {
    match picture {
        Picture::Background => "certificate-background",
        Picture::Seal => "certificate-seal",
    }
}

impl App {
    /// A picture, where there is one.
    pub(crate) async fn artwork(&self, id: &CompetitionId, picture: Picture) -> Result<Option<Artwork>, Failure> {
        match self.0.store.attachment(Some(Self::scope(id)?), name(picture)).await? {
            Some(bytes) => Ok(Some(read(bytes).await?)),
            None => Ok(None),
        }
    }

    /// The pictures that are there.
    pub(crate) async fn pictures(&self, id: &CompetitionId) -> Result<Vec<Picture>, Failure> {
        let names = self.0.store.attachment_names(Some(Self::scope(id)?)).await?;
        Ok(PICTURES.into_iter().filter(|picture| names.iter().any(|own| own == name(*picture))).collect())
    }

    /// Keeps a picture, or removes it. What cannot be printed is refused, and what was there stays.
    pub(crate) async fn set_artwork(
        &self,
        id: &CompetitionId,
        picture: Picture,
        bytes: Option<Vec<u8>>,
    ) -> Result<(), Failure> {
        let scope = Some(Self::scope(id)?);
        let Some(bytes) = bytes else {
            return Ok(self.0.store.attachment_drop(scope, name(picture)).await?);
        };
        read(bytes.clone()).await?;
        Ok(self.0.store.attachment_put(scope, name(picture), bytes).await?)
    }
}

async fn read(bytes: Vec<u8>) -> Result<Artwork, Failure> {
    let task = tokio::task::spawn_blocking(move || Artwork::read(&bytes));
    let read = task.await.map_err(|error| Failure::Internal(error.to_string()))?;
    read.map_err(|error| match error {
        // The file is not what it should be: that is for the person to mend.
        DocumentError::Artwork => jiangsai_domain::envelope::Refusal::new("artwork").into(),
        other => other.into(),
    })
}
