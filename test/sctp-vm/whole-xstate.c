/*
 * Loaded before the user-mode kernel. That kernel writes the floating point state of its processes from a buffer
 * of fixed size, which is too short on CPUs with more of it (AMX): Linux then refuses (EFAULT) and the kernel
 * panics. Here what it writes is laid over the whole state, read first, and that is written.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>
#include <sys/uio.h>

enum { GET_REGISTER_SET = 0x4204, SET_REGISTER_SET = 0x4205, X86_XSTATE = 0x202 };

typedef long (*ptrace_function)(int request, int pid, void *address, void *data);

long ptrace(int request, int pid, void *address, void *data)
{
    static ptrace_function original;
    static char state[1 << 16] __attribute__((aligned(64)));

    if (!original)
        original = (ptrace_function)dlsym(RTLD_NEXT, "ptrace");
    if (request == SET_REGISTER_SET && (long)address == X86_XSTATE) {
        struct iovec *written = data;
        struct iovec whole = { state, sizeof state };

        if (original(GET_REGISTER_SET, pid, address, &whole) == 0 && whole.iov_len > written->iov_len) {
            memcpy(state, written->iov_base, written->iov_len);
            return original(request, pid, address, &whole);
        }
    }
    return original(request, pid, address, data);
}
