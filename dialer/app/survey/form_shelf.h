#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "base/ids.h"
#include "campaigns/form/form.h"

namespace bellwether::app {

/// The questionnaires of campaigns at work, read once and again when a campaign has others. Any
/// thread.
class FormShelf {
public:
    /// @param sheets  of the campaign as the engine has it: form::read_form() takes them, checked.
    [[nodiscard]] std::shared_ptr<const campaigns::form::Form> form_of(
        CampaignId campaign, const campaigns::form::FormSheets& sheets);

private:
    struct Kept {
        campaigns::form::FormSheets sheets;
        std::shared_ptr<const campaigns::form::Form> form;
    };
    std::mutex mutex_;
    std::map<CampaignId, Kept> kept_;  ///< guarded by mutex_
};

}  // namespace bellwether::app
