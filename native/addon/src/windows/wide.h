#pragma once

#include <string>

namespace tillway {

/// UTF-16 of UTF-8; what is not UTF-8 becomes U+FFFD.
std::wstring wide(const std::string& utf8);
/// UTF-8 of UTF-16, "" for a null pointer.
std::string narrow(const wchar_t* utf16);

/// What the system says about an error, in its own language, without its line end.
std::string error_message(unsigned long error);

}  // namespace tillway
