#pragma once

#include <sofia-sip/nua.h>

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dialer/sip/stack.h"
#include "dialer/sip/trunk_router.h"

namespace bellwether::sip {

/// How the trunks stand, for readers on other threads.
class TrunkBoard {
public:
    void replace(std::vector<TrunkStatus> trunks);
    [[nodiscard]] std::vector<TrunkStatus> all() const;

private:
    mutable std::mutex mutex_;
    std::vector<TrunkStatus> trunks_;
};

/// Where a request through a trunk goes.
struct TrunkAddress {
    std::string request_uri;
    std::string next_hop;  ///< empty: follow the request URI
};

/// The trunks of the endpoint on the sip thread: their transports, their keep-alives, the router
/// that chooses among them, and what is told of them. Which trunk, is TrunkRouter's decision.
class Trunks {
public:
    Trunks(Stack& stack, TrunkBoard& board);

    /// Makes the transports of TLS trunks. The main one must be there.
    [[nodiscard]] Result<void> open(nua_callback_f callback, nua_magic_t* magic);
    /// All transports, the main one included: each is shut down by itself.
    [[nodiscard]] std::vector<nua_t*> transports() const;
    void close();  ///< destroys those it made

    [[nodiscard]] TrunkRouter::Choice choose(std::string_view e164, const TrunkSet& tried);
    [[nodiscard]] const TrunkConfig& config(TrunkIndex trunk) const;
    [[nodiscard]] nua_t* transport(TrunkIndex trunk) const;
    /// @param user  of the request URI, escaped; empty: none.
    [[nodiscard]] TrunkAddress address(TrunkIndex trunk, const std::string& user) const;

    void release(TrunkIndex trunk);  ///< a call has left it
    void worked(TrunkIndex trunk);
    void answered(TrunkIndex trunk);
    void failed(TrunkIndex trunk, const Failed& how, TrunkFailure kind);
    void refused(TrunkIndex trunk, const Failed& how);  ///< by the called person's side

    void on_event(const StackEvent& event);  ///< of an OPTIONS
    void tick(Elapsed now);
    void stop();  ///< no more OPTIONS

private:
    struct Trunk {
        nua_t* own_transport = nullptr;
        nua_handle_t* probe = nullptr;  ///< an OPTIONS that waits for its answer
        Elapsed probe_sent{0};
        Elapsed next_probe{0};
        Elapsed probe_answered{0};    ///< the last that was; see status.options_rtt
        std::deque<Elapsed> started;  ///< within the last second, so at most calls_per_second twice
        TrunkStatus status;
        std::string last_failure;
        int lines_told = 0;
    };

    void send_probe(TrunkIndex index, Elapsed now);
    void end_probe(Trunk& trunk);
    void probe_missed(TrunkIndex index, std::string why);
    void update(TrunkIndex index, Elapsed now);  ///< its status; tells of a change
    static void forget_old_starts(Trunk& trunk, Elapsed now);
    void publish(Elapsed now);

    Stack& stack_;
    TrunkBoard& board_;
    TrunkRouter router_;
    std::vector<Trunk> trunks_;
    bool stopped_ = false;
};

/// What a failed call says of its trunk; nullopt: nothing bad, the called person's side answered.
/// A call that was heard to ring is never the trunk's to repeat: it would ring a person twice.
[[nodiscard]] std::optional<TrunkFailure> trunk_failure(const Failed& how, bool heard_ringing);

}  // namespace bellwether::sip
