#include "js.h"

// The hash of the sources this binary was made from; the tests compare it with the sources as committed.
#ifndef TILLWAY_SOURCES
#error "TILLWAY_SOURCES is set by scripts/addon/compile.mjs"
#endif

// As one piece in the file, however the compiler would fold it: the tests look for it there.
__attribute__((used)) const char tillway_sources[] = TILLWAY_SOURCES;

// `extern "C"`, found by its name: NAPI_MODULE_INIT of the headers declares the same two symbols.
NAPI_MODULE_INIT(/* napi_env env, napi_value exports */) {
  try {
    tillway::check(napi_set_named_property(env, exports, "sources", tillway::text(env, tillway_sources)), "sources");
    tillway::export_platform(env, exports);
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
  }
  return exports;
}
