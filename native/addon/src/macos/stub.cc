#include "../js.h"

namespace tillway {

// macOS gives a program neither a printer's device node nor a keyboard of its own (seizing one needs root): serial,
// network and system printers work there without any native code.
void export_platform(napi_env env, napi_value exports) {
  check(napi_set_named_property(env, exports, "platform", text(env, "darwin")), "platform");
}

}  // namespace tillway
