#include "printer-port.h"

#include <sys/ioctl.h>

#include <array>
#include <cerrno>

namespace tillway {
namespace {

// <linux/lp.h> has LPGETSTATUS; usblp keeps its own ioctls to itself (drivers/usb/class/usblp.c).
constexpr unsigned long kGetStatus = 0x060b;
constexpr std::size_t kIdBytes = 1024;
constexpr unsigned long kGetDeviceId = _IOC(_IOC_READ, 'P', 1, kIdBytes);

}  // namespace

int printer_status(int fd, int& status) {
  int value = 0;
  if (::ioctl(fd, kGetStatus, &value) < 0) return errno;
  status = value & 0xff;
  return 0;
}

int printer_device_id(int fd, std::string& id) {
  std::array<char, kIdBytes> buffer{};
  if (::ioctl(fd, kGetDeviceId, buffer.data()) < 0) return errno;
  // Two bytes of length, big-endian, which count themselves; some printers send it little-endian. The NUL ends it anyway.
  buffer.back() = '\0';
  id = buffer.data() + 2;
  return 0;
}

}  // namespace tillway
