#include "calls.h"

namespace tillway {

void export_platform(napi_env env, napi_value exports) {
  check(napi_set_named_property(env, exports, "platform", text(env, "win32")), "platform");
  export_spooler(env, exports);
  export_raw_input(env, exports);
}

}  // namespace tillway
