//! Printed documents and workbooks
