#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/sha.h>

/* A macro of several, which Swift doesn't see. */
enum RabrongKeyPart { RABRONG_PUBLIC_KEY = EVP_PKEY_PUBLIC_KEY };
