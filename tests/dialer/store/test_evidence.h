#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>
#include <vector>

#include "compliance/evidence/bundle_check.h"
#include "compliance/evidence/records.h"
#include "compliance/evidence/tar.h"
#include "dialer/store/evidence_files.h"
#include "dialer/store/evidence_log.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {

inline evidence::Record pack_record(int n) {
    return evidence::to_record(
        evidence::PackFacts{at(n), "us-fl", std::to_string(n), "draft", "ab", "anna"});
}

/// Of the n-th number of fiction, n seconds after noon, by campaign 1 where n is odd and 2
/// otherwise.
inline evidence::Record call_record(int n) {
    evidence::CallFacts facts{
        .at = at(n), .client = ClientId{1}, .number = phone(fiction(n % 2'000))};
    facts.campaign = CampaignId{n % 2 == 1 ? 1U : 2U};
    facts.outcome = "BUSY";
    facts.details = {{"name", "Nora N."}};
    return evidence::to_record(facts);
}

inline evidence::Record consent_record(int n) {
    return evidence::to_record(evidence::ConsentFacts{.at = at(n),
                                                      .client = ClientId{1},
                                                      .number = phone(fiction(n)),
                                                      .details = {{"name", "Nora N."}}});
}

inline void append_packs(TestStore& test, int count) {
    WriteBatch batch;
    for (int i = 0; i < count; ++i) batch.evidence.push_back(pack_record(i));
    BW_CHECK(test.store->submit(std::move(batch)));
    must(test.store->flush());
}

inline std::vector<EvidenceLeaf> leaves_of(const TestStore& test) {
    std::vector<EvidenceLeaf> leaves;
    must(test.store->evidence().read(0, 1'000'000,
                                     [&](const EvidenceLeaf& leaf) { leaves.push_back(leaf); }));
    return leaves;
}

inline ExportRequest export_request(const TestStore& test, std::string_view name) {
    ExportRequest request;
    request.out = test.folder / name;
    request.actor = "anna";
    request.at = at(10'000);
    return request;
}

inline std::filesystem::path export_all(const TestStore& test) {
    const auto request = export_request(test, "all");
    must(test.store->evidence().export_bundle(request));
    return request.out;
}

inline evidence::Finding check(const std::filesystem::path& bundle,
                               const evidence::CheckOptions& options = {}) {
    if (std::filesystem::is_directory(bundle)) {
        const evidence::BundleReader read =
            [&](const std::string& name) -> std::optional<std::string> {
            auto bytes = read_whole_file(bundle / name);
            if (!bytes) return std::nullopt;
            return *std::move(bytes);
        };
        return evidence::check_bundle(read, options);
    }
    const std::string archive = must(read_whole_file(bundle));
    const auto files = must(evidence::tar_files(archive));
    const evidence::BundleReader read = [&](const std::string& name) -> std::optional<std::string> {
        const auto found = files.find(name);
        if (found == files.end()) return std::nullopt;
        return std::string{found->second};
    };
    return evidence::check_bundle(read, options);
}

/// Answers one POST on a free port of this host, and keeps its body.
class Receiver {
public:
    Receiver() {
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const plain = reinterpret_cast<sockaddr*>(&address);
        BW_CHECK(bind(listener_, plain, sizeof address) == 0 && listen(listener_, 4) == 0);
        socklen_t size = sizeof address;
        BW_CHECK(getsockname(listener_, plain, &size) == 0);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread{[this] { serve(); }};
    }
    ~Receiver() {
        wait();
        close(listener_);
    }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    [[nodiscard]] std::string url() const {
        return "http://127.0.0.1:" + std::to_string(port_) + "/heads";
    }
    /// Waits until one has come, 5 seconds at the most.
    std::string wait_for_body() {
        wait();
        const auto blank = request_.find("\r\n\r\n");
        return blank == std::string::npos ? std::string{} : request_.substr(blank + 4);
    }

private:
    void wait() {
        if (thread_.joinable()) thread_.join();
    }
    static bool is_ready(int descriptor) {
        pollfd watched{descriptor, POLLIN, 0};
        return poll(&watched, 1, 5'000) == 1;
    }
    void serve() {
        if (!is_ready(listener_)) return;
        const int peer = accept(listener_, nullptr, nullptr);
        std::array<char, 4096> piece;
        while (!request_.ends_with("=\n") && is_ready(peer)) {  // a signature's line ends so
            const ssize_t size = recv(peer, piece.data(), piece.size(), 0);
            if (size <= 0) break;
            request_.append(piece.data(), static_cast<std::size_t>(size));
        }
        constexpr std::string_view kAnswer = "HTTP/1.1 204 No Content\r\n\r\n";
        BW_CHECK(send(peer, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL) > 0);
        close(peer);
    }

    int listener_ = -1;
    int port_ = 0;
    std::string request_;
    std::thread thread_;
};

}  // namespace bellwether::store::test
