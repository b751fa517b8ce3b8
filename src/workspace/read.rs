//! Bytes to text: UTF-8, and UTF-16 with a byte order mark.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

/// The largest file that is read, in bytes.
pub(super) const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A file's text and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The text, without a byte order mark.
    pub text: String,
    /// How the bytes were read.
    pub encoding: FileEncoding,
}

/// How a file's bytes stand for text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileEncoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 after a byte order mark.
    Utf8Bom,
    /// UTF-16, little endian, after a byte order mark.
    Utf16Le,
    /// UTF-16, big endian, after a byte order mark.
    Utf16Be,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file system said no.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is a folder.
    #[error("this is a folder")]
    Folder,
    /// It is larger than [`MAX_BYTES`].
    #[error("the file has {} MB; files of up to {} MB are read", .0 / 1_048_576, MAX_BYTES / 1_048_576)]
    TooLarge(u64),
    /// A byte that is not text.
    #[error("not UTF-8: byte 0x{byte:02x} in line {line}, byte {offset} of the file; save the file as UTF-8")]
    NotUtf8 {
        /// The byte.
        byte: u8,
        /// Its line, from 1.
        line: usize,
        /// Its place in the file, in bytes from 0.
        offset: usize,
    },
    /// A surrogate without its pair, or half a unit.
    #[error("not UTF-16: unit {0} of the file is half a character; save the file as UTF-8")]
    NotUtf16(usize),
}

/// Reads the file at `path`.
///
/// # Errors
/// See [`ReadError`].
pub fn read(path: &Path) -> Result<Source, ReadError> {
    let file = fs::File::open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(ReadError::Folder);
    }
    if about.len() > MAX_BYTES {
        return Err(ReadError::TooLarge(about.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0));
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    decode(bytes)
}

/// The text of `bytes`.
///
/// # Errors
/// [`ReadError::NotUtf8`], [`ReadError::NotUtf16`] and [`ReadError::TooLarge`].
pub fn decode(bytes: Vec<u8>) -> Result<Source, ReadError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge(bytes.len() as u64));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes).map(|text| Source { text, encoding: FileEncoding::Utf16Le });
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes).map(|text| Source { text, encoding: FileEncoding::Utf16Be });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(match text.strip_prefix('\u{feff}') {
            Some(rest) => Source { text: rest.to_owned(), encoding: FileEncoding::Utf8Bom },
            None => Source { text, encoding: FileEncoding::Utf8 },
        }),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let line = 1 + memchr::memchr_iter(b'\n', &bytes[..offset]).count();
            Err(ReadError::NotUtf8 { byte: bytes[offset], line, offset })
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ReadError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(ReadError::NotUtf16(pairs.len() + 1));
    }
    let mut text = String::with_capacity(pairs.len());
    let mut units = 1;
    for char in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let char = char.map_err(|_| ReadError::NotUtf16(units))?;
        units += char.len_utf16();
        text.push(char);
    }
    Ok(text)
}

impl FileEncoding {
    /// `text` in this encoding, with the byte order mark the file had.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf8Bom => ["\u{feff}".as_bytes(), text.as_bytes()].concat(),
            Self::Utf16Le => {
                "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
            }
            Self::Utf16Be => {
                "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_back_is_what_was_read() {
        for encoding in
            [FileEncoding::Utf8, FileEncoding::Utf8Bom, FileEncoding::Utf16Le, FileEncoding::Utf16Be]
        {
            let bytes = encoding.encode("é𝄞 said\r\n");
            let source = decode(bytes.clone()).unwrap();
            assert_eq!((source.text.as_str(), source.encoding), ("é𝄞 said\r\n", encoding));
            assert_eq!(source.encoding.encode(&source.text), bytes);
        }
    }

    #[test]
    fn a_byte_that_is_no_text_is_named_with_its_place() {
        let error = decode(b"He said\n\xe9 so".to_vec()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "not UTF-8: byte 0xe9 in line 2, byte 8 of the file; save the file as UTF-8"
        );
    }

    #[test]
    fn half_a_character_is_an_error() {
        assert!(matches!(decode(b"\xff\xfea".to_vec()), Err(ReadError::NotUtf16(1))));
        assert!(matches!(decode(b"\xff\xfe\x00\xd8a\x00".to_vec()), Err(ReadError::NotUtf16(1))));
    }
}
