#include "sandbox.hpp"

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <initializer_list>

namespace mailbox {
namespace {

// GMime reads groups of addresses by calling itself. As far as the kernel leaves room below the stack.
constexpr unsigned kStackMiB = 120;

bool limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard) {
    const rlimit value{soft, hard};
    return ::setrlimit(what, &value) == 0;
}

bool allow_only_computing() {
    auto* filter = ::seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter) return false;
    bool ok = true;
    for (const int call : {SCMP_SYS(read),         SCMP_SYS(write),         SCMP_SYS(lseek),        SCMP_SYS(close),
                           SCMP_SYS(fstat),        SCMP_SYS(brk),           SCMP_SYS(mmap),         SCMP_SYS(munmap),
                           SCMP_SYS(mremap),       SCMP_SYS(mprotect),      SCMP_SYS(madvise),      SCMP_SYS(futex),
                           SCMP_SYS(exit),         SCMP_SYS(exit_group),    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
                           SCMP_SYS(rt_sigreturn), SCMP_SYS(getpid),        SCMP_SYS(gettid),       SCMP_SYS(tgkill),
                           SCMP_SYS(getrandom),    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(restart_syscall)})
        ok = ok && ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    ok = ok && ::seccomp_load(filter) == 0;
    ::seccomp_release(filter);
    return ok;
}

}  // namespace

bool confine() {
    ::prctl(PR_SET_DUMPABLE, 0);
    if (!limit(RLIMIT_CORE, 0, 0) || !limit(RLIMIT_CPU, kCpuSeconds, kCpuSeconds + 1)) return false;
    if (!limit(RLIMIT_STACK, rlim_t{kStackMiB} << 20, RLIM_INFINITY)) return false;
#ifndef __SANITIZE_ADDRESS__  // its shadow memory is larger than any limit
    if (!limit(RLIMIT_AS, rlim_t{kMemoryMiB} << 20, rlim_t{kMemoryMiB} << 20)) return false;
#endif
    return allow_only_computing();
}

}  // namespace mailbox
