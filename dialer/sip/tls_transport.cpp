#include "dialer/sip/tls_transport.h"

#include <sofia-sip/nta_tag.h>
#include <sofia-sip/nua_tag.h>
#include <sofia-sip/tport_tag.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "dialer/sip/fork_tap.h"
#include "dialer/sip/tls_files.h"

namespace bellwether::sip {
namespace {

namespace fs = std::filesystem;

// The library wants a folder with files of fixed names, and reads them once.
class CertificateFolder {
public:
    explicit CertificateFolder(const TlsSettings& tls) {
        std::string pattern = (fs::temp_directory_path() / "bellwether-tls-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) return;
        path_ = pattern;
        usable_ = link(ca_file_of(tls), "cafile.pem") &&
                  (tls.certificate_file.empty() || link(tls.certificate_file, "agent.pem"));
    }
    ~CertificateFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    CertificateFolder(const CertificateFolder&) = delete;
    CertificateFolder& operator=(const CertificateFolder&) = delete;

    [[nodiscard]] const fs::path& path() const { return path_; }
    [[nodiscard]] bool usable() const { return usable_; }

private:
    bool link(const std::string& file, const char* name) const {
        std::error_code error;
        fs::create_symlink(fs::absolute(file, error), path_ / name, error);
        return !error;
    }
    fs::path path_;
    bool usable_ = false;
};

}  // namespace

Result<nua_t*> open_tls_transport(const Stack& stack, const TrunkConfig& trunk,
                                  nua_callback_f on_event, nua_magic_t* magic) {
    const CertificateFolder folder{trunk.tls};
    if (!folder.usable()) {
        return fail(Errc::Unavailable, "trunk '" + trunk.name +
                                           "' needs a temporary folder for its certificates: make "
                                           "room in " +
                                           fs::temp_directory_path().string());
    }
    const std::string url = "sips:" + stack.config.bind_host + ":*";
    nua_t* nua = nua_create(
        stack.root, on_event, magic, NUTAG_URL(url.c_str()),
        NUTAG_CERTIFICATE_DIR(folder.path().c_str()),
        TPTAG_TLS_VERIFY_POLICY(TPTLS_VERIFY_SUBJECTS_OUT), NTATAG_MCLASS(tapped_message_class()),
        NTATAG_SIP_T1X64(static_cast<unsigned>(stack.config.silence_max.count())), TAG_END());
    if (nua == nullptr) {
        return fail(Errc::Unavailable, "the SIP stack cannot open a TLS port on " +
                                           stack.config.bind_host + " for trunk '" + trunk.name +
                                           "'");
    }
    return nua;
}

}  // namespace bellwether::sip
