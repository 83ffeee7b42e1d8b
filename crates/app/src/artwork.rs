//! Pictures for certificates, kept on this computer under the data folder, one folder a competition. They are no facts: another
//! computer prints with its own.

use crate::App;
use crate::failure::Failure;
use jiangsai_documents::{Artwork, DocumentError};
use jiangsai_domain::command::certificates::Picture;
use jiangsai_domain::ids::CompetitionId;
use std::path::PathBuf;

/// Every picture there can be.
const PICTURES: [Picture; 2] = [Picture::Background, Picture::Seal];

impl App {
    /// Where a picture is kept.
    fn picture_path(&self, id: &CompetitionId, picture: Picture) -> Result<PathBuf, Failure> {
        // The id of a scope is hex, so that no id leads anywhere else.
        let scope = Self::scope(id)?.to_string();
        let name = match picture {
            Picture::Background => "certificate-background",
            Picture::Seal => "certificate-seal",
        };
        Ok(self.0.store.dir().join("artwork").join(scope).join(name))
    }

    /// A picture, where there is one.
    pub(crate) async fn artwork(&self, id: &CompetitionId, picture: Picture) -> Result<Option<Artwork>, Failure> {
        match tokio::fs::read(self.picture_path(id, picture)?).await {
            Ok(bytes) => Ok(Some(read(bytes).await?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The pictures that are there.
    pub(crate) async fn pictures(&self, id: &CompetitionId) -> Result<Vec<Picture>, Failure> {
        let mut found = Vec::new();
        for picture in PICTURES {
            if tokio::fs::try_exists(self.picture_path(id, picture)?).await? {
                found.push(picture);
            }
        }
        Ok(found)
    }

    /// Keeps a picture, or removes it. What cannot be printed is refused, and what was there stays.
    pub(crate) async fn set_artwork(
        &self,
        id: &CompetitionId,
        picture: Picture,
        bytes: Option<Vec<u8>>,
    ) -> Result<(), Failure> {
        let path = self.picture_path(id, picture)?;
        let Some(bytes) = bytes else {
            return match tokio::fs::remove_file(path).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
                _ => Ok(()),
            };
        };
        read(bytes.clone()).await?;
        let written = tokio::task::spawn_blocking(move || crate::whole::replace(&path, &bytes)).await;
        Ok(written.map_err(|error| Failure::Internal(error.to_string()))??)
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
