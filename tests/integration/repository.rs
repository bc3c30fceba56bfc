//! The files of the repository: layers, documents, pictures, licences.

mod architecture;
mod documents;
mod licences;
mod pictures;
mod tables;
