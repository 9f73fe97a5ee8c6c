#include "errno-name.h"

#include <cerrno>
#include <cstring>

namespace tillway {

// strerrorname_np() would bind the binary to glibc 2.32; these are the ones a device gives.
std::string errno_name(int error) {
  switch (error) {
    case EACCES: return "EACCES";
    case EAGAIN: return "EAGAIN";
    case EBADF: return "EBADF";
    case EBUSY: return "EBUSY";
    case ECANCELED: return "ECANCELED";
    case EINVAL: return "EINVAL";
    case EIO: return "EIO";
    case EISDIR: return "EISDIR";
    case ELOOP: return "ELOOP";
    case EMFILE: return "EMFILE";
    case ENFILE: return "ENFILE";
    case ENODEV: return "ENODEV";
    case ENOENT: return "ENOENT";
    case ENOMEM: return "ENOMEM";
    case ENOSPC: return "ENOSPC";
    case ENOTDIR: return "ENOTDIR";
    case ENOTTY: return "ENOTTY";
    case ENXIO: return "ENXIO";
    case EPERM: return "EPERM";
    case EPIPE: return "EPIPE";
    case EPROTO: return "EPROTO";
    case ESHUTDOWN: return "ESHUTDOWN";
    case ETIMEDOUT: return "ETIMEDOUT";
    default: return "errno " + std::to_string(error);
  }
}

std::string errno_message(int error) {
  char buffer[128] = "";
  // The GNU form returns the text, which need not be in the buffer.
  return errno_name(error) + ": " + strerror_r(error, buffer, sizeof buffer);
}

}  // namespace tillway
