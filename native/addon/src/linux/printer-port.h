#pragma once

#include <string>

namespace tillway {

/// LPGETSTATUS of a usblp device: bit 3 no error, bit 4 selected, bit 5 paper out. May take 5 s (a control transfer).
/// @returns 0, or the error's number
int printer_status(int fd, int& status);

/// The IEEE 1284 device id, "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;". May take 5 s as well.
/// @returns 0, or the error's number
int printer_device_id(int fd, std::string& id);

}  // namespace tillway
