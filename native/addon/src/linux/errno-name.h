#pragma once

#include <string>

namespace tillway {

/// "ENODEV" for ENODEV; "errno 200" for what the C library does not know.
std::string errno_name(int error);
/// "ENODEV: No such device".
std::string errno_message(int error);

}  // namespace tillway
