#include "simulator/carrier/agents.h"

#include <cstddef>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "simulator/carrier/credentials.h"
#include "simulator/carrier/phone.h"
#include "simulator/carrier/small_file.h"

namespace bellwether::carrier {

/// Members in the order of their making; `stop` says who stops whom.
class Agents::Impl {
public:
    explicit Impl(const AgentsOptions& options) : options_{options} {}

    [[nodiscard]] Result<void> start();
    void stop();
    [[nodiscard]] AgentsCounts counts() const;
    [[nodiscard]] std::optional<Error> fault() const;

private:
    [[nodiscard]] Result<void> start_media();
    [[nodiscard]] Result<void> add_phone(AgentCredential credential);
    void first_registration(std::optional<Error> error);
    void report(Error error);
    void take(const media::Event& event);
    void listen();

    const AgentsOptions options_;
    std::optional<EventLog> log_;
    Loop loop_;
    std::unique_ptr<media::MediaEngine> media_;
    Sounds sounds_;
    PhoneTotals totals_;
    std::optional<PhoneRoom> room_;
    std::vector<std::unique_ptr<Phone>> phones_;
    std::vector<std::unique_ptr<sip::SipEndpoint>> endpoints_;  // endpoints_[i] is phones_[i]'s
    bool stopped_ = false;

    mutable std::mutex fault_mutex_;
    std::optional<Error> fault_;
};

Result<void> Agents::Impl::start() {
    auto credentials = credentials_of(options_);
    if (!credentials) return tl::unexpected{credentials.error()};
    auto log = EventLog::open(options_.log);
    if (!log) return tl::unexpected{log.error()};
    log_.emplace(std::move(*log));
    if (auto media = start_media(); !media) return media;
    auto sounds = load_sounds(*media_, options_.audio_folder);
    if (!sounds) return tl::unexpected{sounds.error()};
    sounds_ = std::move(*sounds);

    room_.emplace(
        PhoneRoom{options_, *media_, loop_, *log_, sounds_, totals_,
                  [this](std::optional<Error> error) { first_registration(std::move(error)); }});
    for (AgentCredential& credential : *credentials) {
        if (auto added = add_phone(std::move(credential)); !added) return added;
    }
    log_->write("START", {{"role", std::string_view{"agents"}},
                          {"seed", options_.seed},
                          {"phones", std::uint64_t{phones_.size()}}});
    loop_.post([this] { listen(); });
    for (std::size_t i = 0; i < phones_.size(); ++i) phones_[i]->connect(*endpoints_[i]);
    loop_.start();  // only now do events find the phones connected
    return {};
}

Result<void> Agents::Impl::start_media() {
    media::MediaConfig config;
    config.bind_host = options_.listen_host;
    config.port_min = options_.media_port_min;
    config.port_max = options_.media_port_max;
    auto media = media::MediaEngine::start(
        config, [this](media::Event event) { loop_.post([this, event] { take(event); }); });
    if (!media) return tl::unexpected{media.error()};
    media_ = std::move(*media);
    return {};
}

Result<void> Agents::Impl::add_phone(AgentCredential credential) {
    const auto index = static_cast<std::uint32_t>(phones_.size());
    phones_.push_back(std::make_unique<Phone>(*room_, std::move(credential), index));
    sip::EndpointConfig config;
    config.bind_host = options_.listen_host;
    config.accept_calls = true;
    config.registrar = false;
    config.user_agent = "Bellwether practice phone";
    Phone* phone = phones_.back().get();
    auto sip = sip::SipEndpoint::start(config, [this, phone](sip::Event event) {
        loop_.post([phone, event = std::move(event)] { phone->take(event); });
    });
    if (!sip) return tl::unexpected{sip.error()};
    endpoints_.push_back(std::move(*sip));
    return {};
}

void Agents::Impl::first_registration(std::optional<Error> error) {
    if (error) return report(std::move(*error));
    if (totals_.registered < phones_.size()) return;
    auto written = write_small_file(options_.ready_file, std::to_string(phones_.size()) + "\n");
    if (!written) report(std::move(written.error()));
}

void Agents::Impl::report(Error error) {
    const std::lock_guard lock{fault_mutex_};
    if (!fault_) fault_ = std::move(error);
}

std::optional<Error> Agents::Impl::fault() const {
    const std::lock_guard lock{fault_mutex_};
    return fault_;
}

void Agents::Impl::take(const media::Event& event) {
    const auto* closed = std::get_if<media::LegClosed>(&event);
    if (closed == nullptr) return;  // phones take no notice of keys and playbacks
    for (const auto& phone : phones_) {
        if (phone->owns(closed->leg)) phone->take_closed_leg(*closed);
    }
}

void Agents::Impl::listen() {
    for (const auto& phone : phones_) phone->listen();
    if (!log_->ok())
        report({Errc::Exhausted, "the log can no longer be written: is the disk full?"});
    loop_.after(LineEar::kListenEvery, [this] { listen(); });
}

AgentsCounts Agents::Impl::counts() const {
    return {totals_.registered, totals_.legs, totals_.heard, totals_.dropped};
}

void Agents::Impl::stop() {
    if (std::exchange(stopped_, true)) return;
    // Each may wait seconds for its peer: all at once.
    std::vector<std::thread> stoppers;
    for (const auto& endpoint : endpoints_) {
        stoppers.emplace_back([&endpoint] { endpoint->stop(); });
    }
    for (std::thread& stopper : stoppers) stopper.join();
    if (media_) media_->stop();
    loop_.finish();
    if (!log_) return;
    const AgentsCounts total = counts();
    log_->write("STOP", {{"registered", total.registered},
                         {"legs", total.legs},
                         {"heard", total.heard},
                         {"dropped", total.dropped}});
}

Agents::Agents(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

Agents::~Agents() { stop(); }

Result<std::unique_ptr<Agents>> Agents::start(const AgentsOptions& options) {
    std::unique_ptr<Agents> agents{new Agents{std::make_unique<Impl>(options)}};
    auto started = agents->impl_->start();
    if (!started) return tl::unexpected{started.error()};
    return agents;
}

AgentsCounts Agents::counts() const { return impl_->counts(); }

std::optional<Error> Agents::fault() const { return impl_->fault(); }

void Agents::stop() { impl_->stop(); }

}  // namespace bellwether::carrier
