//! The words of the product, in Chinese and English
