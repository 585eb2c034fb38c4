// What a process that reads messages may do (mail.md 3.1, 3.7).
#pragma once

namespace mailbox {

constexpr unsigned kCpuSeconds = 10;
constexpr unsigned kMemoryMiB = 512;

// For this process, for ever: the limits of processor time and memory, and only system calls that compute and use open files. Others
// fail with EPERM. False when the kernel does not allow it.
bool confine();

}  // namespace mailbox
