#include "js.h"

namespace tillway {

napi_value text(napi_env env, const std::string& utf8) {
  napi_value value = nullptr;
  check(napi_create_string_utf8(env, utf8.data(), utf8.size(), &value), "text");
  return value;
}

napi_value number(napi_env env, double value) {
  napi_value made = nullptr;
  check(napi_create_double(env, value, &made), "number");
  return made;
}

napi_value boolean(napi_env env, bool value) {
  napi_value made = nullptr;
  check(napi_get_boolean(env, value, &made), "boolean");
  return made;
}

napi_value null_value(napi_env env) {
  napi_value made = nullptr;
  check(napi_get_null(env, &made), "null");
  return made;
}

napi_value object(napi_env env, std::initializer_list<std::pair<const char*, napi_value>> properties) {
  napi_value made = nullptr;
  check(napi_create_object(env, &made), "object");
  for (const auto& [name, value] : properties) check(napi_set_named_property(env, made, name, value), name);
  return made;
}

napi_value failure(napi_env env, const std::string& code, const std::string& message) {
  return object(env, {{"ok", boolean(env, false)}, {"code", text(env, code)}, {"message", text(env, message)}});
}

napi_value array(napi_env env) {
  napi_value made = nullptr;
  check(napi_create_array(env, &made), "array");
  return made;
}

void push(napi_env env, napi_value array, napi_value item) {
  std::uint32_t length = 0;
  check(napi_get_array_length(env, array, &length), "array length");
  check(napi_set_element(env, array, length, item), "array element");
}

std::string text_of(napi_env env, napi_value value) {
  constexpr std::size_t kMostBytes = 4096;  // PATH_MAX; no queue or document name is longer.
  std::size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) throw JsError("a string was expected");
  if (length > kMostBytes) throw JsError("the string is longer than 4096 bytes");
  std::string utf8(length + 1, '\0');
  check(napi_get_value_string_utf8(env, value, utf8.data(), utf8.size(), &length), "string");
  utf8.resize(length);
  // The system's calls end a name at a NUL: it would name something else than was asked for.
  if (utf8.find('\0') != std::string::npos) throw JsError("the string holds a NUL");
  return utf8;
}

double number_of(napi_env env, napi_value value) {
  double number = 0;
  if (napi_get_value_double(env, value, &number) != napi_ok) throw JsError("a number was expected");
  return number;
}

Arguments::Arguments(napi_env env, napi_callback_info info, std::size_t least) {
  std::size_t count = kMost;
  check(napi_get_cb_info(env, info, &count, values_, nullptr, nullptr), "arguments");
  if (count < least) throw JsError("an argument is missing");
}

}  // namespace tillway
