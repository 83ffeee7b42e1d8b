//! Journeys of a person through the whole product: in headless Chromium against the HTTP host, and in the real desktop window.

// Accounts of browsers elsewhere.
mod accounts;
// Commands, for what would only be done once more.
mod commands;
// Clicks and keys, phase by phase.
mod effort;
// A person is erased, and is in no backup of before.
mod erasing;
// What starts and ends hosts, drivers and displays.
pub mod harness;
// The numeric keypad.
mod keypad;
// A synthetic roster.
mod people;
// The 30/70 rule computed once more, by hand.
pub mod reference;
// What a person does and sees.
mod steps;

// From an empty application to the printed summary, a power cut, and back.
mod main_job;
// A computer breaks, another one goes on from a stick.
mod backup;
// A judge signs in, marks from the keypad, signs, and is opened again.
mod desk;
// One desktop hosts the hall, another one connects.
mod hall_host;
// The host of the hall breaks, and another computer takes over.
mod standby;
// A computer is lost, revoked, found, and trusted again.
mod lost;
// Lots from a box, sealed and opened again.
mod draw;
// Names locked: slips, a list, works by new numbers, and two of three codes.
mod locked;
// An officer elsewhere sets up an account, signs in with password and code, and out again.
mod elsewhere;
// Bulletins and the big screen.
mod bulletins;
// Paper sheets typed twice, with their totals.
mod paper;
// A whole day on paper: two people at one computer, from the roster to the pack.
mod paper_day;
// A module built in the editor of the rules.
mod editor;
// Sealed values, draws between equals, and the way back out of the editor.
mod rules;
// The worked entry of the sample, with its derivation.
mod sample;
// A WorldSkills marking scheme becomes the rules.
mod scheme;
// People enrolled, signed in and out, and refused.
mod staff;
// Theory from a file: questions, absentees, the cut to practice.
mod theory;
// Three desks and a big screen: judges by PIN, one late, one out of line, a play-off, the ceremony.
mod three_desks;
// Marks at the keyboard: an input method, a text that is no mark, leaving the page.
mod typing;
// Without a pointer: past the navigation, in and out of a dialog, to what must be mended.
mod keyboard;
