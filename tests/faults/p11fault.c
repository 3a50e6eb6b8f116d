/* A PKCS#11 module between us and SoftHSM that misbehaves on demand, as real tokens and drivers do.
 *
 * P11FAULT_MODULE  the real module
 * P11FAULT_STATE   a text file, read again at every call, of these words:
 *   absent           the token is pulled out, and with it the reader it is in one piece with
 *   absent_after=N   it is pulled out after N signatures of this process
 *   reader_only      the reader is there, the token is not
 *   late             readers are looked for only when the module is initialised
 *   slept            the computer slept: processes from before it get errors, fresh ones do not
 *   loggedin         a login finds somebody logged in already, and does not look at the PIN
 *   tries=N          it locks after N wrong PINs (0: locked from the start); what is left is kept in <state>.left
 *   noflags          it does not tell about tries in its flags
 *   tochange         the PIN must be changed first; once it is, <state>.changed says so
 *   wantslogin       the PIN can be changed only after a login
 *   always           a key wants the PIN before each signature
 *   pad              the PIN is typed on the reader: <state>.pad is waited for, and holds it, or the word cancel
 *   hang             the driver never says which readers there are
 *   slow=MS          a signature takes MS milliseconds
 *   serial           it spells the token's serial in a way of its own
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
static int signatures, blind, slept_before, demanded;
static char good_pin[256];
static CK_ULONG good_length;

static void read_words(void) {
    const char *path = getenv("P11FAULT_STATE");
    FILE *file = path ? fopen(path, "r") : NULL;
    size_t length = file ? fread(words, 1, sizeof words - 1, file) : 0;
    words[length] = 0;
    if (file) fclose(file);
}

/* What follows a whole word in the file: "" where it stands alone, NULL where it is not there. */
static const char *after(const char *word) {
    size_t length = strlen(word);
    read_words();
    for (char *found = strstr(words, word); found; found = strstr(found + 1, word))
        if ((found == words || strchr(" \n", found[-1])) && (word[length - 1] == '=' || strchr(" \n", found[length])))
            return found + length;
    return NULL;
}

static int has(const char *word) { return after(word) != NULL; }

static int number(const char *word, int otherwise) {
    const char *found = after(word);
    return found ? atoi(found) : otherwise;
}

static int gone(void) {
    int last = number("absent_after=", -1);
    return has("absent") || (last >= 0 && signatures >= last);
}

/* A file beside the state file, NULL when it is not there. */
static FILE *beside(const char *ending, const char *mode) {
    char path[1024];
    snprintf(path, sizeof path, "%s%s", getenv("P11FAULT_STATE"), ending);
    return fopen(path, mode);
}

static int tries_left(void) {
    int left = number("tries=", -1);
    FILE *file = beside(".left", "r");
    if (file) {
        if (fscanf(file, "%d", &left) != 1) left = -1;
        fclose(file);
    }
    return left;
}

static CK_RV count_try(CK_RV result, int left) {
    if (left > 0 && (result == CKR_PIN_INCORRECT || result == CKR_OK)) {
        FILE *file = beside(".left", "w");
        if (file) {
            fprintf(file, "%d", result == CKR_OK ? number("tries=", left) : left - 1);
            fclose(file);
        }
    }
    return result;
}

static int must_change(void) {
    FILE *changed = has("tochange") ? beside(".changed", "r") : NULL;
    if (changed) fclose(changed);
    return has("tochange") && !changed;
}

/* What a person types on the reader; 0 when they cancel. */
static CK_ULONG typed(char *pin, int size) {
    FILE *file;
    while (!(file = beside(".pad", "r"))) usleep(10000);
    if (!fgets(pin, size, file)) *pin = 0;
    fclose(file);
    return strcmp(pin, "cancel") ? strlen(pin) : 0;
}

static CK_RV initialize(void *arguments) {
    blind = has("absent");
    slept_before = has("slept");
    if (has("noise")) {
        puts("driver says hello");
        fputs("driver warns\n", stderr);
        fflush(stdout);
    }
    return real->C_Initialize(arguments);
}

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID *slots, CK_ULONG *count) {
    while (has("hang")) usleep(100000);
    if (has("slept") && !slept_before) return CKR_DEVICE_ERROR;
    if (gone() || (has("late") && blind) || (present && has("reader_only"))) {
        *count = 0;
        return CKR_OK;
    }
    return real->C_GetSlotList(present, slots, count);
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info) {
    if (gone()) return CKR_TOKEN_NOT_PRESENT;
    CK_RV result = real->C_GetTokenInfo(slot, info);
    if (has("serial")) info->serialNumber[0] = '#';
    if (has("pad")) info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    if (must_change()) info->flags |= CKF_USER_PIN_TO_BE_CHANGED;
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

static CK_RV check_pin(CK_SESSION_HANDLE session, CK_USER_TYPE user, unsigned char *pin, CK_ULONG length) {
    if (user != CKU_CONTEXT_SPECIFIC) {
        CK_RV result = real->C_Login(session, user, pin, length);
        if (result == CKR_OK) memcpy(good_pin, pin, good_length = length);
        return result;
    }
    if (!demanded) return CKR_OPERATION_NOT_INITIALIZED;
    if (length != good_length || memcmp(good_pin, pin, length)) return CKR_PIN_INCORRECT;
    demanded = 0;
    return CKR_OK;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, unsigned char *pin, CK_ULONG length) {
    char on_pad[sizeof good_pin];
    if (gone()) return CKR_DEVICE_REMOVED;
    if (has("loggedin")) return CKR_USER_ALREADY_LOGGED_IN;
    if (must_change()) return CKR_PIN_EXPIRED;
    int left = tries_left();
    if (left == 0) return CKR_PIN_LOCKED;
    if (!length && !(length = typed(on_pad, sizeof on_pad))) return CKR_FUNCTION_CANCELED;
    return count_try(check_pin(session, user, pin && *pin ? pin : (unsigned char *)on_pad, length), left);
}

static CK_RV set_pin(CK_SESSION_HANDLE session, unsigned char *old, CK_ULONG old_length, unsigned char *new,
                     CK_ULONG new_length) {
    CK_SESSION_INFO info;
    char on_pad[sizeof good_pin];
    int left = tries_left();
    if (has("wantslogin") && real->C_GetSessionInfo(session, &info) == CKR_OK && info.state != CKS_RW_USER_FUNCTIONS)
        return CKR_USER_NOT_LOGGED_IN;
    if (!old_length) { /* on a PIN pad the new PIN is the old one typed twice: enough to see it asked for */
        if (!(old_length = typed(on_pad, sizeof on_pad))) return CKR_FUNCTION_CANCELED;
        old = new = (unsigned char *)on_pad;
        new_length = old_length;
    }
    CK_RV result = count_try(real->C_SetPIN(session, old, old_length, new, new_length), left);
    FILE *changed = result == CKR_OK ? beside(".changed", "w") : NULL;
    if (changed) fclose(changed);
    return result;
}

static CK_RV get_attributes(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *list, CK_ULONG count) {
    CK_RV result = real->C_GetAttributeValue(session, object, list, count);
    for (CK_ULONG i = 0; i < count; i++) {
        if (list[i].type == CKA_ID && has("emptyid")) list[i].ulValueLen = 0;
        if (list[i].type == CKA_ALWAYS_AUTHENTICATE && list[i].pValue && has("always")) *(CK_BBOOL *)list[i].pValue = 1;
    }
    return result;
}

static int hashes(CK_MECHANISM_TYPE type) { return type != CKM_RSA_PKCS && type != CKM_ECDSA; }

static CK_RV sign_init(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    if (gone()) return CKR_DEVICE_REMOVED;
    if (has("rawonly") && hashes(mechanism->mechanism)) return CKR_MECHANISM_INVALID;
    demanded = has("always");
    return real->C_SignInit(session, mechanism, key);
}

static CK_RV sign(CK_SESSION_HANDLE session, unsigned char *data, CK_ULONG length, unsigned char *out, CK_ULONG *size) {
    if (gone()) return CKR_DEVICE_ERROR; /* what some drivers say instead of CKR_DEVICE_REMOVED */
    if (has("crash")) abort();
    if (demanded) return CKR_USER_NOT_LOGGED_IN;
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
        ours.C_SetPIN = set_pin;
        ours.C_GetAttributeValue = get_attributes;
        ours.C_SignInit = sign_init;
        ours.C_Sign = sign;
    }
    *list = &ours;
    return CKR_OK;
}
