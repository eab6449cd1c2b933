#define _GNU_SOURCE
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

int32_t system_epoll(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int32_t control(int32_t epoll, int operation, int32_t descriptor, struct system_event event) {
    struct epoll_event wanted = {.events = event.kinds, .data.u64 = event.mark};
    return epoll_ctl(epoll, operation, descriptor, &wanted);
}

int32_t system_epoll_add(int32_t epoll, int32_t descriptor, struct system_event event) {
    return control(epoll, EPOLL_CTL_ADD, descriptor, event);
}

int32_t system_epoll_change(int32_t epoll, int32_t descriptor, struct system_event event) {
    return control(epoll, EPOLL_CTL_MOD, descriptor, event);
}

int32_t system_epoll_remove(int32_t epoll, int32_t descriptor) {
    return control(epoll, EPOLL_CTL_DEL, descriptor, (struct system_event){0, 0});
}

int32_t system_epoll_wait(int32_t epoll, struct system_event *events, int32_t capacity, int32_t milliseconds) {
    struct epoll_event arrived[256];
    int count = epoll_wait(epoll, arrived, capacity < 256 ? capacity : 256, milliseconds);
    for (int index = 0; index < count; index++)
        events[index] = (struct system_event){arrived[index].events, arrived[index].data.u64};
    return count;
}

int32_t system_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int32_t system_accept(int32_t socket) { return accept4(socket, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK); }

int64_t system_send_two(int32_t socket, const void *head, size_t head_length, const void *body, size_t body_length) {
    struct iovec parts[2] = {{(void *)head, head_length}, {(void *)body, body_length}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = body_length > 0 ? 2 : 1};
    return sendmsg(socket, &message, MSG_NOSIGNAL);
}

int64_t system_send_file(int32_t socket, int32_t file, int64_t offset, size_t length) {
    off_t position = offset;
    return sendfile(socket, file, &position, length);
}

int64_t system_find(const void *hay, size_t hay_length, const void *needle, size_t needle_length) {
    const char *found = memmem(hay, hay_length, needle, needle_length);
    return found ? found - (const char *)hay : -1;
}

int32_t system_spawn(uint32_t uid, uint32_t gid, int32_t death_signal, int32_t output, const char *path,
                     char *const arguments[], char *const environment[]) {
    sigset_t all, old, none;
    sigfillset(&all);
    sigemptyset(&none);
    sigprocmask(SIG_BLOCK, &all, &old);
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        // Only async-signal-safe calls from here on: other threads may hold any lock.
        for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
        if (output >= 0) {
            dup2(output, 1);
            dup2(output, 2);
        }
        dup2(open("/dev/null", O_RDONLY), 0);
        close_range(3, ~0U, 0);
        setsid();
        gid_t group = gid;
        if (geteuid() == 0 && uid != 0) {
            // Raw system calls: glibc's wrappers would talk to threads that the child does not have.
            if (syscall(SYS_setgroups, 1, &group) || syscall(SYS_setresgid, gid, gid, gid) ||
                syscall(SYS_setresuid, uid, uid, uid))
                _exit(126);
        }
        if (death_signal) {
            // After the change of user, which clears it.
            prctl(PR_SET_PDEATHSIG, death_signal);
            if (getppid() != parent) _exit(125);
        }
        sigprocmask(SIG_SETMASK, &none, 0);
        execve(path, arguments, environment);
        _exit(127);
    }
    int failure = errno;
    sigprocmask(SIG_SETMASK, &old, 0);
    return child < 0 ? -failure : child;
}
