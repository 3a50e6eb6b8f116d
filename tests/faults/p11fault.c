/* A PKCS#11 module between us and SoftHSM that misbehaves on demand, as real tokens and drivers do.
 *
 * P11FAULT_MODULE  the real module
 * P11FAULT_STATE   a text file, read again at every call, of these words:
 *   absent           the token is pulled out
 *   absent_after=N   it is pulled out after N signatures of this process
 *   tries=N          it locks after N wrong PINs (0: locked from the start); what is left is kept in <state>.left
 *   noflags          it does not tell about tries in its flags
 *   slow=MS          a signature takes MS milliseconds
 *   rawonly          it refuses mechanisms that hash
 *   emptyid          it gives no CKA_ID
 *   wrong            it gives wrong signatures
 *   crash            the driver crashes while signing
 *   deaf             one of several tokens cannot be read
 *   noise            the driver writes to standard output and standard error
 */
#include <p11-kit/pkcs11.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static CK_FUNCTION_LIST *real, ours;
static char words[512];
static int signatures;

static void read_words(void) {
    const char *path = getenv("P11FAULT_STATE");
    FILE *file = path ? fopen(path, "r") : NULL;
    size_t length = file ? fread(words, 1, sizeof words - 1, file) : 0;
    words[length] = 0;
    if (file) fclose(file);
}

static int has(const char *word) {
    read_words();
    return strstr(words, word) != NULL;
}

static int number(const char *word, int otherwise) {
    read_words();
    char *found = strstr(words, word);
    return found ? atoi(found + strlen(word)) : otherwise;
}

static int gone(void) {
    read_words();
    for (char *word = strtok(words, " \n"); word; word = strtok(NULL, " \n"))
        if (!strcmp(word, "absent")) return 1;
    int after = number("absent_after=", -1);
    return after >= 0 && signatures >= after;
}

static void left_path(char *path, size_t size) { snprintf(path, size, "%s.left", getenv("P11FAULT_STATE")); }

static int tries_left(void) {
    char path[1024];
    int left = number("tries=", -1);
    left_path(path, sizeof path);
    FILE *file = fopen(path, "r");
    if (file) {
        if (fscanf(file, "%d", &left) != 1) left = -1;
        fclose(file);
    }
    return left;
}

static void keep_tries(int left) {
    char path[1024];
    left_path(path, sizeof path);
    FILE *file = fopen(path, "w");
    if (file) {
        fprintf(file, "%d", left);
        fclose(file);
    }
}

static CK_RV initialize(void *arguments) {
    if (has("noise")) {
        puts("driver says hello");
        fputs("driver warns\n", stderr);
        fflush(stdout);
    }
    return real->C_Initialize(arguments);
}

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID *slots, CK_ULONG *count) {
    if (present && gone()) {
        *count = 0;
        return CKR_OK;
    }
    return real->C_GetSlotList(present, slots, count);
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info) {
    if (gone()) return CKR_TOKEN_NOT_PRESENT;
    CK_RV result = real->C_GetTokenInfo(slot, info);
    int left = tries_left(), full = number("tries=", -1);
    if (result != CKR_OK || full < 0) return result;
    info->flags &= ~(CK_FLAGS)(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
    if (has("noflags")) return result;
    if (left < full) info->flags |= CKF_USER_PIN_COUNT_LOW;
    if (left == 1) info->flags |= CKF_USER_PIN_FINAL_TRY;
    if (left <= 0) info->flags |= CKF_USER_PIN_LOCKED;
    return result;
}

static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, void *data, CK_NOTIFY notify, CK_SESSION_HANDLE *session) {
    static CK_SLOT_ID first;
    static int known;
    if (!known++) first = slot;
    if (has("deaf") && slot == first) return CKR_DEVICE_ERROR;
    return real->C_OpenSession(slot, flags, data, notify, session);
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, unsigned char *pin, CK_ULONG length) {
    if (gone()) return CKR_DEVICE_REMOVED;
    int left = tries_left();
    if (left == 0) return CKR_PIN_LOCKED;
    CK_RV result = real->C_Login(session, user, pin, length);
    if (left > 0 && result == CKR_PIN_INCORRECT) keep_tries(left - 1);
    if (left > 0 && result == CKR_OK) keep_tries(number("tries=", left));
    return result;
}

static CK_RV get_attributes(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *list, CK_ULONG count) {
    CK_RV result = real->C_GetAttributeValue(session, object, list, count);
    if (has("emptyid"))
        for (CK_ULONG i = 0; i < count; i++)
            if (list[i].type == CKA_ID) list[i].ulValueLen = 0;
    return result;
}

static int hashes(CK_MECHANISM_TYPE type) { return type != CKM_RSA_PKCS && type != CKM_ECDSA; }

static CK_RV sign_init(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    if (gone()) return CKR_DEVICE_REMOVED;
    if (has("rawonly") && hashes(mechanism->mechanism)) return CKR_MECHANISM_INVALID;
    return real->C_SignInit(session, mechanism, key);
}

static CK_RV sign(CK_SESSION_HANDLE session, unsigned char *data, CK_ULONG length, unsigned char *out, CK_ULONG *size) {
    if (gone()) return CKR_DEVICE_ERROR; /* what some drivers say instead of CKR_DEVICE_REMOVED */
    if (has("crash")) abort();
    if (out) usleep((useconds_t)number("slow=", 0) * 1000);
    CK_RV result = real->C_Sign(session, data, length, out, size);
    if (out && result == CKR_OK) {
        signatures++;
        if (has("wrong")) out[*size / 2] ^= 1;
    }
    return result;
}

static CK_RV get_function_list(CK_FUNCTION_LIST **list);

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list) { return get_function_list(list); }

static CK_RV get_function_list(CK_FUNCTION_LIST **list) {
    if (!real) {
        void *library = dlopen(getenv("P11FAULT_MODULE"), RTLD_NOW);
        CK_C_GetFunctionList find = library ? (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList") : NULL;
        if (!find || find(&real) != CKR_OK) return CKR_GENERAL_ERROR;
        ours = *real;
        ours.C_GetFunctionList = get_function_list;
        ours.C_Initialize = initialize;
        ours.C_GetSlotList = get_slot_list;
        ours.C_GetTokenInfo = get_token_info;
        ours.C_OpenSession = open_session;
        ours.C_Login = login;
        ours.C_GetAttributeValue = get_attributes;
        ours.C_SignInit = sign_init;
        ours.C_Sign = sign;
    }
    *list = &ours;
    return CKR_OK;
}
