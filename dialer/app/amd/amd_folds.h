#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "answer-detect/greeting_model.h"
#include "base/result.h"

namespace bellwether::app {

/// Which weights may judge which clip: a folder that `amd train --folds` wrote, with a model for
/// each fold that knows none of its speakers and texts, and folds.txt, which says each clip's fold.
class FoldFolder {
public:
    /// Fails with InvalidInput, naming the file and what is wrong with it.
    [[nodiscard]] static Result<FoldFolder> read(const std::filesystem::path& folder);

    /// The model that did not learn from this clip; nullptr if the clip is in no fold.
    [[nodiscard]] const answer_detect::GreetingModel* model_for(const std::string& clip) const;

private:
    std::map<std::string, std::size_t> fold_of_;
    std::vector<answer_detect::GreetingModel> models_;
};

/// Writes such a folder. `fold_list` is a line a clip, "fold id". Fails with Unavailable.
[[nodiscard]] Result<void> write_folds(const std::filesystem::path& folder,
                                       const std::vector<answer_detect::GreetingModel>& models,
                                       const std::string& fold_list);

/// Writes a weights file: whole, or not at all. Fails with Unavailable.
[[nodiscard]] Result<void> write_weights(const std::filesystem::path& file,
                                         const answer_detect::GreetingModel& model);

}  // namespace bellwether::app
