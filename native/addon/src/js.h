// What this addon needs of Node-API, wrapped so that each call's status is looked at. No V8, no libuv: the same binary
// loads in Node and in Electron, and no header of either is needed.
#pragma once

#ifndef NAPI_VERSION
#define NAPI_VERSION 8
#endif
#include <node_api.h>

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <utility>

namespace tillway {

/// A Node-API call that failed. With an exception of JavaScript pending it only unwinds the C++ side.
struct JsError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void check(napi_status status, const char* what) {
  if (status != napi_ok) throw JsError(what);
}

napi_value text(napi_env env, const std::string& utf8);
napi_value number(napi_env env, double value);
napi_value boolean(napi_env env, bool value);
napi_value null_value(napi_env env);

/// A plain object with these properties.
napi_value object(napi_env env, std::initializer_list<std::pair<const char*, napi_value>> properties);
/// `{ ok: false, code, message }`: an expected failure is a value.
napi_value failure(napi_env env, const std::string& code, const std::string& message);

napi_value array(napi_env env);
void push(napi_env env, napi_value array, napi_value item);

/// UTF-8 of a string argument of at most 4096 bytes; throws JsError otherwise.
std::string text_of(napi_env env, napi_value value);
double number_of(napi_env env, napi_value value);

/// The arguments of a call, at least `least` of them.
class Arguments {
 public:
  static constexpr std::size_t kMost = 4;
  Arguments(napi_env env, napi_callback_info info, std::size_t least);
  napi_value operator[](std::size_t index) const { return values_[index]; }

 private:
  napi_value values_[kMost]{};
};

using Method = napi_value (*)(napi_env, napi_callback_info);

/// Runs `Body` and turns what it throws into an exception of JavaScript: none may cross the C boundary.
template <Method Body>
napi_value guarded(napi_env env, napi_callback_info info) noexcept {
  try {
    return Body(env, info);
  } catch (const std::exception& error) {
    bool is_pending = false;
    if (napi_is_exception_pending(env, &is_pending) == napi_ok && !is_pending) {
      napi_throw_error(env, nullptr, error.what());
    }
    return nullptr;
  }
}

template <Method Body>
void export_method(napi_env env, napi_value exports, const char* name) {
  napi_value method = nullptr;
  check(napi_create_function(env, name, NAPI_AUTO_LENGTH, guarded<Body>, nullptr, &method), name);
  check(napi_set_named_property(env, exports, name, method), name);
}

/// Each platform's own exports; called once for each environment that loads the addon.
void export_platform(napi_env env, napi_value exports);

}  // namespace tillway
