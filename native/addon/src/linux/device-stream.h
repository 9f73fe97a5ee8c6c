#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "unique-fd.h"

namespace tillway {

using Bytes = std::vector<std::uint8_t>;
using Clock = std::chrono::steady_clock;

/// What only the device itself can say; asked on the stream's own thread, because the answer may take seconds.
enum class Question { kPrinterStatus, kDeviceId };

struct Written {
  std::size_t taken = 0;
  /// 0 when all of it was taken and the device has room again; ETIMEDOUT past the deadline, ECANCELED at a close.
  int error = 0;
};

struct Answer {
  Question question = Question::kPrinterStatus;
  int error = 0;
  int status = 0;
  std::string id;
};

/// What happened since the owner looked last.
struct News {
  /// One for each read(): a report of a HID device stays whole and by itself.
  std::vector<Bytes> chunks;
  std::optional<Written> written;
  std::optional<Answer> answer;
  /// The device is gone or broken; nothing is read after it. The stream still has to be closed.
  std::optional<int> end;
  /// The last news there is: the descriptor is free.
  bool is_closed = false;
};

/// One open character device and the one thread that reads and writes it, without ever blocking on it.
///
/// All calls but the constructor's may come from any thread. Bytes wait in here, 64 KiB of them at most, until they are
/// taken; with that full the device is not read, so nothing is lost that the kernel can hold.
class DeviceStream {
 public:
  /// @param fd opened O_NONBLOCK; a device that ignores that would hold the thread
  /// @param signal called on the thread when there is news; once until they are taken
  DeviceStream(UniqueFd fd, UniqueFd wake, std::size_t read_bytes, std::function<void()> signal);
  ~DeviceStream();
  DeviceStream(const DeviceStream&) = delete;
  DeviceStream& operator=(const DeviceStream&) = delete;

  void start();
  /// One at a time. @returns false while another is under way, or when the device has ended
  bool write(Bytes bytes, std::chrono::milliseconds within);
  /// One at a time. @returns false as above
  bool ask(Question question);
  /// Drops what was not sent and closes the device. The stream says `is_closed` when it is done.
  void close();
  News take();
  /// Waits for the thread. Call close() first.
  void join();

 private:
  struct Write {
    Bytes bytes;
    std::size_t taken = 0;
    Clock::time_point deadline;
    /// POLLOUT said there is room and write() said there is none: not asked again before this.
    Clock::time_point not_before;
  };

  void run();
  void wake() const;
  bool is_closing();
  bool has_room();
  void adopt_write();
  void answer_question();
  /// @param was_offered poll() has just said that there is room
  void write_some(bool was_offered);
  void finish_write(int error);
  void read_some(bool is_hung_up);
  void end(int error);
  void publish(const std::function<void(News&)>& change);

  const std::function<void()> signal_;
  const std::size_t read_bytes_;

  // Touched by the thread only.
  UniqueFd fd_;
  std::optional<Write> current_;
  Clock::time_point read_not_before_;
  bool has_ended_ = false;

  UniqueFd wake_;
  std::mutex mutex_;
  // Under the mutex.
  News news_;
  std::size_t news_bytes_ = 0;
  bool is_signalled_ = false;
  bool is_closing_ = false;
  bool is_over_ = false;
  std::optional<Write> requested_;
  bool is_writing_ = false;
  std::optional<Question> question_;

  std::thread thread_;
};

}  // namespace tillway
