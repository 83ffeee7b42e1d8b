//! The pages, one module an area.

pub mod account;
pub mod backups;
pub mod bulletins;
pub mod desk;
pub mod documents;
pub mod draw;
pub mod exchange;
pub mod finalise;
pub mod findings;
pub mod hall;
pub mod headquarters;
pub mod history;
pub mod home;
pub mod judges;
pub mod marks;
pub mod paper;
pub mod people;
pub mod recheck;
pub mod registration;
pub mod rules;
pub mod screen;
pub mod settings;
pub mod sign_in;
pub mod standings;
pub mod start;
pub mod wall;
