#include <curl/curl.h>
// curl_easy_setopt is variadic, which Swift does not import: one function for each kind of argument.
static inline CURLcode curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}
// Only to addresses that anybody on the internet can reach, whatever a name was resolved to.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
static inline int curl_is_outside_4(uint32_t address) {
    static const struct { uint32_t network; int bits; } inside[] = {
        {0x00000000, 8}, {0x0a000000, 8}, {0x64400000, 10}, {0x7f000000, 8}, {0xa9fe0000, 16}, {0xac100000, 12},
        {0xc0000000, 24}, {0xc0000200, 24}, {0xc0a80000, 16}, {0xc6120000, 15}, {0xc6336400, 24}, {0xcb007100, 24},
        {0xe0000000, 3},
    };
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++)
        if (address >> (32 - inside[i].bits) == inside[i].network >> (32 - inside[i].bits)) return 0;
    return 1;
}
static inline int curl_is_outside(const struct sockaddr *address) {
    if (address->sa_family == AF_INET)
        return curl_is_outside_4(ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr));
    if (address->sa_family != AF_INET6) return 0;
    const uint8_t *six = ((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr;
    // Global unicast, without those that hold an IPv4 address within (6to4, Teredo).
    return six[0] >> 5 == 1 && !(six[0] == 0x20 && six[1] == 0x02) && memcmp(six, "\x20\x01\0\0", 4) != 0;
}
static inline curl_socket_t curl_open_outside(void *refusal, curlsocktype purpose, struct curl_sockaddr *address) {
    if (!curl_is_outside(&address->addr)) {
        *(int *)refusal = 1;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}
static inline CURLcode curl_stay_outside(CURL *handle, int *refusal) {
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, refusal);
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, curl_open_outside);
}
// An answer goes to a file, up to a length; what is more is read over.
#include <stdio.h>
struct curl_answer {
    FILE *file;
    long left;
};
static inline size_t curl_write_answer(char *bytes, size_t size, size_t count, void *data) {
    struct curl_answer *answer = data;
    size_t length = size * count;
    size_t taken = (long)length < answer->left ? length : (size_t)answer->left;
    if (fwrite(bytes, 1, taken, answer->file) != taken) return CURL_WRITEFUNC_ERROR;
    answer->left -= (long)taken;
    return length;
}
static inline CURLcode curl_take_answer(CURL *handle, struct curl_answer *answer) {
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, curl_write_answer);
    return curl_easy_setopt(handle, CURLOPT_WRITEDATA, answer);
}
static inline CURLcode curl_response_code(CURL *handle, long *code) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, code);
}
