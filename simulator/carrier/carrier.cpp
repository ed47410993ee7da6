#include "simulator/carrier/carrier.h"

#include <string>
#include <utility>

#include "base/check.h"
#include "simulator/carrier/exchange.h"
#include "simulator/carrier/small_file.h"

namespace bellwether::carrier {

/// Members in the order of their making; `stop` says who stops whom.
class Carrier::Impl {
public:
    [[nodiscard]] Result<void> start(const CarrierOptions& options);
    void stop();

    [[nodiscard]] std::uint16_t port() const { return sip_->port(); }
    [[nodiscard]] const Exchange& exchange() const { return *exchange_; }

private:
    [[nodiscard]] Result<void> start_media(const CarrierOptions& options);
    [[nodiscard]] Result<void> start_sip(const CarrierOptions& options);

    std::optional<EventLog> log_;
    Loop loop_;
    std::unique_ptr<media::MediaEngine> media_;
    std::unique_ptr<sip::SipEndpoint> sip_;
    std::optional<Exchange> exchange_;
    bool stopped_ = false;
};

Result<void> Carrier::Impl::start(const CarrierOptions& options) {
    auto log = EventLog::open(options.log);
    if (!log) return tl::unexpected{log.error()};
    log_.emplace(std::move(*log));
    if (auto media = start_media(options); !media) return media;
    auto sounds = load_sounds(*media_, options.audio_folder);
    if (!sounds) return tl::unexpected{sounds.error()};
    if (auto sip = start_sip(options); !sip) return sip;

    exchange_.emplace(options, Exchange::Parts{*sip_, *media_, loop_, *log_, std::move(*sounds)});
    log_->write("START", {{"role", std::string_view{"carrier"}},
                          {"seed", options.seed},
                          {"port", std::uint64_t{sip_->port()}}});
    loop_.post([this] { exchange_->listen(); });
    loop_.start();  // only now do events find an exchange
    return write_small_file(options.port_file, std::to_string(sip_->port()) + "\n");
}

Result<void> Carrier::Impl::start_media(const CarrierOptions& options) {
    media::MediaConfig config;
    config.bind_host = options.listen_host;
    config.port_min = options.media_port_min;
    config.port_max = options.media_port_max;
    config.threads = options.media_threads;
    auto media = media::MediaEngine::start(config, [this](media::Event event) {
        loop_.post([this, event] { exchange_->take(event); });
    });
    if (!media) return tl::unexpected{media.error()};
    media_ = std::move(*media);
    return {};
}

Result<void> Carrier::Impl::start_sip(const CarrierOptions& options) {
    sip::EndpointConfig config;
    config.bind_host = options.listen_host;
    config.port = options.port;
    config.accept_calls = true;
    config.registrar = false;
    config.user_agent = "Bellwether practice carrier";
    auto sip = sip::SipEndpoint::start(config, [this](sip::Event event) {
        loop_.post([this, event = std::move(event)] { exchange_->take(event); });
    });
    if (!sip) return tl::unexpected{sip.error()};
    sip_ = std::move(*sip);
    return {};
}

void Carrier::Impl::stop() {
    if (std::exchange(stopped_, true)) return;
    if (sip_) sip_->stop();      // BYE; every call's Ended is posted
    if (media_) media_->stop();  // every leg's LegClosed is posted
    loop_.finish();              // and taken
    if (!exchange_) return;      // a start that failed
    const CarrierCounts counts = exchange_->counts();
    log_->write("STOP", {{"invites", counts.invites},
                         {"answered", counts.answered},
                         {"rejected", counts.rejected},
                         {"cancelled", counts.cancelled},
                         {"digits", counts.digits}});
}

Carrier::Carrier(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

Carrier::~Carrier() { stop(); }

Result<std::unique_ptr<Carrier>> Carrier::start(const CarrierOptions& options) {
    std::unique_ptr<Carrier> carrier{new Carrier{std::make_unique<Impl>()}};
    auto started = carrier->impl_->start(options);
    if (!started) return tl::unexpected{started.error()};
    return carrier;
}

std::uint16_t Carrier::port() const { return impl_->port(); }

CarrierCounts Carrier::counts() const { return impl_->exchange().counts(); }

std::optional<Error> Carrier::fault() const {
    if (!impl_->exchange().log_failed()) return {};
    return Error{Errc::Exhausted, "the log can no longer be written: is the disk full?"};
}

void Carrier::stop() { impl_->stop(); }

}  // namespace bellwether::carrier
