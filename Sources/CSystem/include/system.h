#pragma once
// Nothing of the C library in here: what a module's header includes becomes that module's own, and Swift would then
// find timespec or fd_set in CSystem rather than in Glibc.
#include <stddef.h>
#include <stdint.h>

struct system_event {
    uint32_t kinds;
    uint64_t mark;
};

int32_t system_epoll(void);
int32_t system_epoll_add(int32_t epoll, int32_t descriptor, struct system_event event);
int32_t system_epoll_change(int32_t epoll, int32_t descriptor, struct system_event event);
int32_t system_epoll_remove(int32_t epoll, int32_t descriptor);
int32_t system_epoll_wait(int32_t epoll, struct system_event *events, int32_t capacity, int32_t milliseconds);
int32_t system_eventfd(void);
int32_t system_accept(int32_t socket);

// Sends a head and a body in one call; MSG_NOSIGNAL, which writev lacks.
int64_t system_send_two(int32_t socket, const void *head, size_t head_length, const void *body, size_t body_length);

// Sends from a file, from `offset` on, without copying it through this process.
int64_t system_send_file(int32_t socket, int32_t file, int64_t offset, size_t length);

// Where `needle` first stands in `hay`; -1: nowhere.
int64_t system_find(const void *hay, size_t hay_length, const void *needle, size_t needle_length);

// Starts a program as another user, with /dev/null as input and `output` as both outputs. When this process
// dies, the program gets `death_signal` (0: none). Returns the process id, or -errno.
int32_t system_spawn(uint32_t uid, uint32_t gid, int32_t death_signal, int32_t output, const char *path,
                     char *const arguments[], char *const environment[]);
