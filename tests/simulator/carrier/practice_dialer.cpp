#include "tests/simulator/carrier/practice_dialer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <sstream>

namespace bellwether::carrier {
namespace {

void put(std::ostream& to, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) to.put(static_cast<char>((value >> (8 * i)) & 0xFFU));
}

/// 0.5 s of 700 Hz at 8 kHz, mono, 16 bits.
void write_question(const std::filesystem::path& file) {
    constexpr std::uint32_t kSamples = 4000;
    std::ofstream out{file, std::ios::binary};
    out << "RIFF";
    put(out, 36 + 2 * kSamples, 4);
    out << "WAVEfmt ";
    put(out, 16, 4);
    put(out, 1, 2);
    put(out, 1, 2);
    put(out, 8000, 4);
    put(out, 16000, 4);
    put(out, 2, 2);
    put(out, 16, 2);
    out << "data";
    put(out, 2 * kSamples, 4);
    for (std::uint32_t i = 0; i < kSamples; ++i) {
        const double sample = 8000 * std::sin(2 * std::acos(-1.0) * 700 * i / 8000);
        put(out, static_cast<std::uint32_t>(std::lround(sample)) & 0xFFFFU, 2);
    }
}

}  // namespace

TestFolder::TestFolder() {
    std::string name = testing::TempDir() + "carrier-XXXXXX";
    path_ = ::mkdtemp(name.data());
}

TestFolder::~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::vector<nlohmann::json> lines_of(const std::filesystem::path& log) {
    std::ifstream in{log};
    std::vector<nlohmann::json> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
    return lines;
}

std::vector<std::string> events_of(const std::filesystem::path& log, const std::string& call_id) {
    std::vector<std::string> events;
    for (const auto& line : lines_of(log)) {
        if (!call_id.empty() && line.value("call_id", "") != call_id) continue;
        events.push_back(line.at("event").get<std::string>());
    }
    return events;
}

std::string digits_in(const std::filesystem::path& log, const std::string& event) {
    std::string digits;
    for (const auto& line : lines_of(log)) {
        if (line.at("event") == event) digits += line.at("digit").get<std::string>();
    }
    return digits;
}

bool eventually(const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + PracticeDialer::kPatience;
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock{mutex};
    while (!holds()) {
        if (std::chrono::steady_clock::now() >= deadline) return false;
        never.wait_for(lock, std::chrono::milliseconds{10});
    }
    return true;
}

PracticeDialer::PracticeDialer(std::uint16_t carrier_port, const std::string& username,
                               const std::string& password) {
    media::MediaConfig media_config;
    media_config.port_min = 20000;
    media_config.port_max = 29999;
    auto media = media::MediaEngine::start(media_config,
                                           [this](media::Event event) { post(std::move(event)); });
    EXPECT_TRUE(media);
    media_ = std::move(media.value());
    write_question(folder_.path() / "question.wav");
    EXPECT_TRUE(media_->load_prompt("question", folder_.path() / "question.wav"));

    sip::EndpointConfig config;
    if (carrier_port != 0) {
        sip::TrunkConfig trunk;
        trunk.name = "practice";
        trunk.host = "127.0.0.1";
        trunk.port = carrier_port;
        trunk.username = username;
        trunk.password = password;
        trunk.allowed_prefixes = {"+1202555"};
        config.trunks = {trunk};
    }
    auto sip =
        sip::SipEndpoint::start(config, [this](sip::Event event) { post(std::move(event)); });
    EXPECT_TRUE(sip);
    sip_ = std::move(sip.value());
}

PracticeDialer::~PracticeDialer() {
    sip_->stop();
    media_->stop();
}

void PracticeDialer::post(Event event) {
    {
        const std::lock_guard lock{mutex_};
        events_.push_back(std::move(event));
    }
    changed_.notify_all();
}

void PracticeDialer::call(CallId id, const std::string& number, const std::string& caller_id) {
    ASSERT_TRUE(media_->open(id));
    sip_->invite(sip::TrunkInvite{.call = id,
                                  .number = PhoneNumber::parse(number).value(),
                                  .caller_id = caller_id,
                                  .sdp = media_->offer(id),
                                  .headers = {{"X-Bellwether-Attempt", "4711"}}});
}

void PracticeDialer::ring_phone(CallId id, const std::string& user) {
    ASSERT_TRUE(media_->open(id));
    sip_->invite(sip::PhoneInvite{.call = id,
                                  .user = user,
                                  .caller_id = "bellwether",
                                  .sdp = media_->offer(id),
                                  .headers = {}});
}

void PracticeDialer::ask(CallId id) { media_->play(id, ++playbacks_, {"question"}); }

}  // namespace bellwether::carrier
