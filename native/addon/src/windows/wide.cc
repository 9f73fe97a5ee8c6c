#include "wide.h"

#include <windows.h>

namespace tillway {

std::wstring wide(const std::string& utf8) {
  if (utf8.empty()) return {};
  const int length = ::MultiByteToWideChar(CP_UTF8, 0, utf8.data(), static_cast<int>(utf8.size()), nullptr, 0);
  std::wstring utf16(static_cast<std::size_t>(length), L'\0');
  ::MultiByteToWideChar(CP_UTF8, 0, utf8.data(), static_cast<int>(utf8.size()), utf16.data(), length);
  return utf16;
}

std::string narrow(const wchar_t* utf16) {
  if (utf16 == nullptr || *utf16 == L'\0') return {};
  const int length = ::WideCharToMultiByte(CP_UTF8, 0, utf16, -1, nullptr, 0, nullptr, nullptr);
  std::string utf8(static_cast<std::size_t>(length), '\0');
  ::WideCharToMultiByte(CP_UTF8, 0, utf16, -1, utf8.data(), length, nullptr, nullptr);
  utf8.resize(utf8.size() - 1);
  return utf8;
}

std::string error_message(unsigned long error) {
  wchar_t buffer[512] = L"";
  constexpr DWORD kHow = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK;
  ::FormatMessageW(kHow, nullptr, error, 0, buffer, 512, nullptr);
  auto message = "error " + std::to_string(error);
  const auto said = narrow(buffer);
  return said.empty() ? message : message + ": " + said.substr(0, said.find_last_not_of(" \r\n") + 1);
}

}  // namespace tillway
