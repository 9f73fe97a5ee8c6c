#include "device-stream.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "printer-port.h"

namespace tillway {
namespace {

using std::chrono::milliseconds;

/// 64 KiB is a second and a half of the fastest scanner; more of it means that nobody listens.
constexpr std::size_t kMostUnread = 64 * 1024;
constexpr std::size_t kMostChunks = 1024;
/// A driver that calls itself writable and then takes nothing (usblp with its paper flag set) is asked 50 times a second.
constexpr milliseconds kWriteAgain{20};
/// Some printers answer every read with nothing: asked 20 times a second.
constexpr milliseconds kReadAgain{50};

int until(Clock::time_point moment, Clock::time_point now) {
  if (moment <= now) return 0;
  // Rounded up: a poll that ends a fraction early would turn again and again.
  return static_cast<int>(std::chrono::duration_cast<milliseconds>(moment - now).count()) + 1;
}

/// -1 is for ever.
int sooner(int one, int other) {
  if (one < 0) return other;
  return other < 0 ? one : std::min(one, other);
}

}  // namespace

DeviceStream::DeviceStream(UniqueFd fd, UniqueFd wake, std::size_t read_bytes, std::function<void()> signal)
    : signal_(std::move(signal)), read_bytes_(read_bytes), fd_(std::move(fd)), wake_(std::move(wake)) {}

DeviceStream::~DeviceStream() {
  close();
  join();
}

void DeviceStream::start() {
  thread_ = std::thread([this] { run(); });
}

bool DeviceStream::write(Bytes bytes, milliseconds within) {
  {
    const std::lock_guard lock(mutex_);
    if (is_over_ || is_closing_ || is_writing_) return false;
    is_writing_ = true;
    requested_ = Write{std::move(bytes), 0, Clock::now() + within, {}};
  }
  wake();
  return true;
}

bool DeviceStream::ask(Question question) {
  {
    const std::lock_guard lock(mutex_);
    if (is_over_ || is_closing_ || question_.has_value()) return false;
    question_ = question;
  }
  wake();
  return true;
}

void DeviceStream::close() {
  {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
  }
  wake();
}

News DeviceStream::take() {
  News taken;
  {
    const std::lock_guard lock(mutex_);
    std::swap(taken, news_);
    news_bytes_ = 0;
    is_signalled_ = false;
  }
  // There is room again.
  if (!taken.chunks.empty()) wake();
  return taken;
}

void DeviceStream::join() {
  if (thread_.joinable()) thread_.join();
}

void DeviceStream::wake() const {
  const std::uint64_t one = 1;
  // Cannot fail but for a counter that is full, and then the thread is awake.
  [[maybe_unused]] const auto sent = ::write(wake_.get(), &one, sizeof one);
}

void DeviceStream::run() {
  while (!is_closing()) {
    adopt_write();
    answer_question();
    const auto now = Clock::now();
    short events = 0;
    int timeout = -1;
    if (!has_ended_ && has_room()) {
      if (read_not_before_ <= now) events |= POLLIN;
      else timeout = until(read_not_before_, now);
    }
    if (!has_ended_ && current_) {
      if (current_->not_before <= now) events |= POLLOUT;
      else timeout = sooner(timeout, until(current_->not_before, now));
      timeout = sooner(timeout, until(current_->deadline, now));
    }
    // A device asked for nothing is left out: its POLLHUP would come at once, every time.
    pollfd polled[] = {{wake_.get(), POLLIN, 0}, {events == 0 ? -1 : fd_.get(), events, 0}};
    if (::poll(polled, 2, timeout) < 0 && errno != EINTR) end(errno);
    if (polled[0].revents != 0) {
      std::uint64_t count = 0;
      [[maybe_unused]] const auto got = ::read(wake_.get(), &count, sizeof count);
    }
    const auto seen = polled[1].revents;
    if (seen & POLLNVAL) end(EBADF);
    if (current_ && (seen & (POLLOUT | POLLERR))) write_some(true);
    if ((events & POLLIN) && (seen & (POLLIN | POLLHUP | POLLERR))) read_some((seen & (POLLHUP | POLLERR)) != 0);
    // Nothing is read now, and yet the device is gone: a write that waits for it would wait for ever.
    else if (seen & POLLHUP) end(ENODEV);
    if (current_ && current_->deadline <= Clock::now()) finish_write(ETIMEDOUT);
  }
  fd_.reset();
  finish_write(ECANCELED);
  publish([](News& news) { news.is_closed = true; });
}

bool DeviceStream::is_closing() {
  const std::lock_guard lock(mutex_);
  return is_closing_;
}

bool DeviceStream::has_room() {
  const std::lock_guard lock(mutex_);
  return news_bytes_ < kMostUnread && news_.chunks.size() < kMostChunks;
}

void DeviceStream::adopt_write() {
  {
    const std::lock_guard lock(mutex_);
    if (!requested_) return;
    current_ = std::exchange(requested_, std::nullopt);
  }
  if (has_ended_) return finish_write(ENODEV);
  write_some(false);
}

void DeviceStream::answer_question() {
  std::optional<Question> asked;
  {
    const std::lock_guard lock(mutex_);
    asked = question_;
  }
  if (!asked) return;
  Answer answer{*asked, 0, 0, {}};
  if (has_ended_) answer.error = ENODEV;
  else if (*asked == Question::kPrinterStatus) answer.error = printer_status(fd_.get(), answer.status);
  else answer.error = printer_device_id(fd_.get(), answer.id);
  {
    const std::lock_guard lock(mutex_);
    question_.reset();
  }
  publish([&](News& news) { news.answer = std::move(answer); });
}

void DeviceStream::write_some(bool was_offered) {
  auto& write = *current_;
  // All of it is taken, and poll() says that the device has room again: it holds no more of it than it ever does.
  if (write.taken == write.bytes.size()) {
    if (was_offered) finish_write(0);
    return;
  }
  const auto taken = ::write(fd_.get(), write.bytes.data() + write.taken, write.bytes.size() - write.taken);
  if (taken > 0) {
    write.taken += static_cast<std::size_t>(taken);
    write.not_before = {};
    return;
  }
  if (taken < 0 && errno == EINTR) return;
  if (taken < 0 && errno != EAGAIN) return finish_write(errno);
  if (was_offered) write.not_before = Clock::now() + kWriteAgain;
}

void DeviceStream::finish_write(int error) {
  {
    const std::lock_guard lock(mutex_);
    // One that was asked for and not begun ends with the stream too.
    if (!current_ && requested_) current_ = std::exchange(requested_, std::nullopt);
  }
  if (!current_) return;
  const Written written{current_->taken, error};
  current_.reset();
  {
    const std::lock_guard lock(mutex_);
    is_writing_ = false;
  }
  publish([&](News& news) { news.written = written; });
}

void DeviceStream::read_some(bool is_hung_up) {
  std::array<std::uint8_t, 4096> buffer{};
  const auto got = ::read(fd_.get(), buffer.data(), std::min(buffer.size(), read_bytes_));
  if (got > 0) {
    publish([&](News& news) {
      news.chunks.emplace_back(buffer.begin(), buffer.begin() + got);
      news_bytes_ += static_cast<std::size_t>(got);
    });
    return;
  }
  if (got < 0 && errno == EINTR) return;
  if (got < 0 && errno != EAGAIN) return end(errno);
  if (is_hung_up) return end(ENODEV);
  read_not_before_ = Clock::now() + kReadAgain;
}

void DeviceStream::end(int error) {
  if (has_ended_) return;
  has_ended_ = true;
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  finish_write(error);
  publish([&](News& news) { news.end = error; });
}

void DeviceStream::publish(const std::function<void(News&)>& change) {
  {
    const std::lock_guard lock(mutex_);
    change(news_);
    if (std::exchange(is_signalled_, true)) return;
  }
  signal_();
}

}  // namespace tillway
